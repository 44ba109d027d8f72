"""The codebook of a survey's files as DDI-Codebook 2.5."""

from cauce.publish.ddi.codebook import ddi_codebook

__all__ = ["ddi_codebook"]

# Makes enadid.json: what R survey says of the households of Mexico's ENADID 2018.
# Run from the repository's root, after writing the columns below to CSV:
#   Rscript tests/golden/enadid/make.R columns.csv
# Columns: est_dis, upm_dis, fac_viv, ent, tam_loc, migra_ho, p4_3
suppressMessages({library(survey); library(jsonlite)})
d <- read.csv(commandArgs(TRUE)[1])
d$emig <- as.numeric(d$migra_ho == 1)
d$people <- ifelse(d$migra_ho == 1, d$p4_3, 0)
des <- svydesign(ids = ~upm_dis, strata = ~est_dis, weights = ~fac_viv, data = d)

rows <- list()
add <- function(indicator, dimension, code, estimate, subset) {
  rows[[length(rows) + 1]] <<- list(
    indicator = indicator, dimension = dimension, code = code,
    value = as.numeric(coef(estimate)), se = as.numeric(SE(estimate)),
    df = degf(subset), n = sum(weights(subset) != 0))
}
domain <- function(dimension, code, inside) {
  part <- subset(des, inside)
  add("HH_EMIG_RT", dimension, code, svymean(~emig, part), part)
  add("HH_EMIG", dimension, code, svytotal(~emig, part), part)
  add("EMIG", dimension, code, svytotal(~people, part), part)
}
domain("_T", "_T", rep(TRUE, nrow(d)))
for (size in 1:4) domain("LOCALITY_MEX", c("GE100", "15T99", "2T14", "LT2")[size], d$tam_loc == size)
states <- c("CHP" = 7, "GUA" = 11, "MIC" = 16, "OAX" = 20, "ZAC" = 32)
for (state in names(states)) domain("STATE_MEX", state, d$ent == states[[state]])
write_json(list(survey = as.character(packageVersion("survey")), rows = rows),
           "tests/golden/enadid/enadid.json", digits = NA, auto_unbox = TRUE, pretty = TRUE)

# Permits over estimated workers, by the delta method of R's survey (svycontrast).
# Run in this folder: Rscript make.R > capture.json
library(survey)
set.seed(20261127)
d <- data.frame(stratum = rep(1:3, each = 40), psu = rep(1:12, each = 10),
                weight = round(runif(120, 20, 90)), worker = rbinom(120, 1, 0.4))
design <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = d, nest = TRUE)
total <- svytotal(~worker, design)
ci <- confint(total, df = degf(design))
rows <- sapply(c(0, 37, 420, 9000), function(p) {
  r <- eval(bquote(svycontrast(total, quote(.(p) / worker))))
  sprintf('{"permits": %s, "workers": %s, "se": %s, "low": %s, "high": %s, "ratio": %s, "ratio_se": %s}',
          p, format(coef(total)[[1]], digits = 17), format(SE(total)[[1]], digits = 17),
          format(ci[1], digits = 17), format(ci[2], digits = 17),
          format(coef(r)[[1]], digits = 17), format(as.numeric(SE(r)), digits = 17))
})
cat("[\n", paste(rows, collapse = ",\n"), "\n]\n", sep = "")

# Totals of a sample of firms with R's survey package: strata, fpc, a take-all stratum, calibration
# of the weights to registered staff by stratum (ratio model). Writes expected.json beside it.
library(survey)
library(jsonlite)
d <- read.csv("firms.csv", colClasses = c(stratum = "character"))
N <- d$firms_in_stratum
plain <- svydesign(ids = ~firm, strata = ~stratum, weights = ~design, fpc = ~firms_in_stratum, data = d)
x <- unique(d[, c("stratum", "staff_in_stratum")])
x <- x[order(x$stratum), ]
totals <- setNames(x$staff_in_stratum, paste0("factor(stratum)", x$stratum, ":staff"))
cal <- calibrate(plain, ~ factor(stratum):staff - 1, totals, variance = d$staff)
tell <- function(des) {
  t <- svytotal(~ staff + vacancies + welders, des)
  list(value = unname(coef(t)), se = unname(as.vector(SE(t))))
}
out <- list(
  plain = tell(plain), calibrated = tell(cal), weights = unname(weights(cal)),
  version = as.character(packageVersion("survey"))
)
write(toJSON(out, digits = NA, auto_unbox = TRUE), "expected.json")

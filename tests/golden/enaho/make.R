# Makes enaho.json: what R survey says of Costa Rica's ENAHO of July 2020.
# Run from the repository's root, after writing the columns below to CSV:
#   Rscript tests/golden/enaho/make.R columns.csv
# Columns: diseno_muestra, upm, factor, a3, a4, a5, lugnac, condact_inec, np, hortotefe, ipsbt, posiemppri
suppressMessages({library(survey); library(jsonlite)})
d <- read.csv(commandArgs(TRUE)[1])
d$cob <- ifelse(d$lugnac %in% 0:1, "CRI", ifelse(d$lugnac == 2, "NIC", "OTH"))
d$sex <- ifelse(d$a4 == 1, "M", "F")
d$une <- as.numeric(!is.na(d$condact_inec) & d$condact_inec == 2)
d$lf <- as.numeric(!is.na(d$condact_inec) & d$condact_inec <= 2)
d$emp <- as.numeric(!is.na(d$condact_inec) & d$condact_inec == 1)
d$poor <- as.numeric(!is.na(d$np) & d$np <= 2)
des <- svydesign(ids = ~upm, strata = ~diseno_muestra, weights = ~factor, data = d)

one <- function(indicator, cob, sex, estimate, subset, logit) {
  df <- degf(subset)
  list(indicator = indicator, CBR_CRI = cob, SEX = sex, value = as.numeric(coef(estimate)),
       se = as.numeric(SE(estimate)), df = df, deff = as.numeric(deff(estimate)),
       n = sum(weights(subset) != 0), logit = logit)
}
out <- list()
for (cob in c("_T", "CRI", "NIC", "OTH")) for (sex in c("_T", "M", "F")) {
  inside <- (cob == "_T" | d$cob == cob) & (sex == "_T" | d$sex == sex)
  lf <- subset(des, inside & d$lf == 1)
  p <- svymean(~une, lf, deff = "replace")
  ci <- as.numeric(confint(svyciprop(~une, lf, method = "xlogit", df = degf(lf))))
  row <- one("UNE_DEAP", cob, sex, p, lf, ci)
  out[[length(out) + 1]] <- row
  wap <- subset(des, inside & !is.na(d$condact_inec))
  q <- svymean(~lf, wap, deff = "replace")
  ci <- as.numeric(confint(svyciprop(~lf, wap, method = "xlogit", df = degf(wap))))
  out[[length(out) + 1]] <- one("EAP_DWAP", cob, sex, q, wap, ci)
  t <- svytotal(~lf, wap, deff = "replace")
  ci <- as.numeric(confint(t, df = degf(wap)))
  out[[length(out) + 1]] <- one("EAP_TEAP", cob, sex, t, wap, ci)
}
write_json(list(survey = as.character(packageVersion("survey")), rows = out),
           "tests/golden/enaho/enaho.json", digits = NA, auto_unbox = TRUE, pretty = TRUE)

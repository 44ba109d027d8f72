# Makes sample.csv and expected.json: what R's survey package says of a small multistage sample.
#   Rscript tests/golden/estimate/make.R      (from the repository's root)
suppressMessages({library(survey); library(jsonlite)})
set.seed(20261124)
folder <- "tests/golden/estimate"
rows <- list()
for (h in 1:12) for (c in 1:(1 + (h > 2) * (1 + h %% 4))) {
  m <- 3 + (h * 7 + c * 3) %% 9
  shift <- rnorm(1, 0, 0.6)
  rows[[length(rows) + 1]] <- data.frame(
    stratum = sprintf("S%02d", h), psu = sprintf("P%02d", c), rate = c(0.1, 0.25, 0.5)[1 + h %% 3],
    weight = round(runif(m, 5, 60), 3) * (runif(m) > 0.06), sex = sample(c("M", "F"), m, TRUE),
    group = sample(c("a", "b", "c", "d"), m, TRUE, c(.5, .3, .15, .05)),
    y = round(40 + 5 * shift + rnorm(m, 0, 9), 2), x = round(exp(rnorm(m, 1, .7)), 3),
    u = as.integer(runif(m) < plogis(-1 + shift)), l = as.integer(runif(m) < .8))
}
d <- do.call(rbind, rows)
d$u <- d$u * d$l
d$total_psus <- ave(match(d$psu, unique(d$psu)), d$stratum, FUN = function(v) length(unique(v))) * 4 + 3
d$y[c(5, 17, 60)] <- NA
d$huge <- 1e6 + d$x
write.csv(d, file.path(folder, "sample.csv"), row.names = FALSE, na = "")
d$rows <- 1

designs <- list(
  plain = quote(svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = part, nest = TRUE)),
  fpc = quote(svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, fpc = ~total_psus, data = part, nest = TRUE)),
  rate = quote(svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, fpc = ~rate, data = part, nest = TRUE)))
out <- list()
put <- function(design, policy, statistic, group, sub, est, ci) {
  out[[length(out) + 1]] <<- list(design = design, policy = policy, statistic = statistic,
    group = group, value = as.numeric(coef(est)), se = as.numeric(SE(est)),
    df = degf(sub), deff = as.numeric(deff(est)), n = sum(weights(sub) != 0),
    low = ci[1], high = ci[2])
}
ask <- function(name, policy, des) for (g in c("all", "a", "b", "c", "d")) {
  sub <- if (g == "all") des else subset(des, group == g)
  k <- degf(sub)
  t <- svytotal(~x, sub, deff = "replace"); put(name, policy, "total", g, sub, t, as.numeric(confint(t, df = k)))
  answered <- subset(sub, !is.na(y))
  m <- svymean(~y, answered, deff = "replace")
  put(name, policy, "mean", g, answered, m, as.numeric(confint(m, df = degf(answered))))
  m <- svymean(~huge, sub, deff = "replace"); put(name, policy, "huge", g, sub, m, as.numeric(confint(m, df = k)))
  force <- subset(sub, l == 1)
  p <- svymean(~u, force, deff = "replace")
  ci <- tryCatch(as.numeric(confint(svyciprop(~u, force, method = "xlogit", df = degf(force)))), error = function(e) c(NA, NA))
  put(name, policy, "rate", g, force, p, ci)
  r <- svyratio(~y, ~x, answered, deff = "replace")
  put(name, policy, "ratio", g, answered, r, as.numeric(confint(r, df = degf(answered))))
}
part <- subset(d, !(stratum %in% c("S01", "S02")))   # these two have one PSU each
options(survey.lonely.psu = "fail")
for (name in names(designs)) ask(name, "refuse", eval(designs[[name]]))
part <- d
for (policy in c("certainty", "adjust", "average")) {
  options(survey.lonely.psu = policy)
  for (name in names(designs)) ask(name, policy, eval(designs[[name]]))
}
quantiles <- lapply(c(1:12, 20, 30, 57, 100, 400, 999, 1001, 5000, 30000),
                    function(k) list(df = k, t = qt(0.975, k)))
write_json(list(survey = as.character(packageVersion("survey")), rows = out, quantiles = quantiles),
           file.path(folder, "expected.json"), digits = I(17), auto_unbox = TRUE, na = "null")

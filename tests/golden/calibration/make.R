# Makes sample.csv and expected.json: what R's survey package says of a small invented sample whose
# weights were calibrated.
#   Rscript tests/golden/calibration/make.R      (from the repository's root)
suppressMessages({library(survey); library(jsonlite)})
set.seed(20261127)
folder <- "tests/golden/calibration"
rows <- list(); home <- 0
for (h in 1:8) for (c in 1:(2 + h %% 3)) {
  shift <- rnorm(1, 0, 0.5)
  for (k in 1:(4 + (h * 3 + c) %% 4)) { home <- home + 1
    m <- sample(1:4, 1)
    rows[[length(rows) + 1]] <- data.frame(stratum = sprintf("S%02d", h), psu = sprintf("P%02d", c), home = home,
      weight = round(runif(1, 20, 90), 3), sex = sample(c("F", "M"), m, TRUE), age = sample(15:80, m, TRUE),
      region = c("n", "s")[1 + h %% 2], edu = sample(c("1", "2", "3"), m, TRUE, c(.5, .3, .2)),
      group = sample(c("a", "b", "c"), m, TRUE), x = round(exp(rnorm(m, 1, .6)), 3),
      y = round(30 + 6 * shift + rnorm(m, 0, 8), 2), u = as.integer(runif(m) < plogis(-1 + shift))) } }
d <- do.call(rbind, rows)
d$total_psus <- ave(match(paste(d$stratum, d$psu), unique(paste(d$stratum, d$psu))), d$stratum, FUN = function(v) length(unique(v))) * 3
d$homes <- ave(d$home, d$stratum, d$psu, FUN = function(v) length(unique(v))) * 2 + 1
write.csv(d, file.path(folder, "sample.csv"), row.names = FALSE)
d$sexage <- factor(paste0(d$sex, ifelse(d$age < 30, "1", ifelse(d$age < 55, "2", "3"))))
moved <- function(f, by) { t <- tapply(d$weight, f, sum) * by; t * sum(d$weight) * 1.05 / sum(t) }
totals <- list(sexage = moved(d$sexage, c(1.2, .9, 1.05, .95, 1.1, .8)), edu = moved(d$edu, c(.9, 1.1, 1.25)),
               region = moved(d$region, c(1.08, .97)))
amount <- sum(d$weight * d$x) * 1.12
population <- c(`(Intercept)` = sum(totals$edu), totals$sexage[-1], totals$edu[-1])
names(population) <- c("(Intercept)", paste0("sexage", names(totals$sexage)[-1]), paste0("edu", names(totals$edu)[-1]))
exact <- 1e-13
one <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = d, nest = TRUE)
fpc <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, fpc = ~total_psus, data = d, nest = TRUE)
homes <- svydesign(ids = ~psu + home, strata = ~stratum, weights = ~weight, data = d, nest = TRUE)
staged <- svydesign(ids = ~psu + home, strata = ~stratum, weights = ~weight, fpc = ~total_psus + homes, data = d, nest = TRUE)
some <- d[!(d$stratum == "S03" & d$psu != "P01"), ]
lonely <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = some, nest = TRUE)
cal <- function(des, f = ~sexage + edu, pop = population, ...) calibrate(des, f, pop, epsilon = exact, maxit = 1000, ...)
more <- c(population, x = amount)
designs <- list(
  linear = cal(one), raking = cal(one, calfun = "raking"), logit = cal(one, calfun = "logit", bounds = c(.4, 2.2)),
  truncated = cal(one, bounds = c(.75, 1.5)), fpc = cal(fpc), staged = cal(staged, calfun = "raking"),
  amount = cal(one, ~sexage + edu + x, more), amount_raking = cal(one, ~sexage + edu + x, more, calfun = "raking"),
  home = cal(homes, aggregate.stage = 2), home_raking = cal(homes, calfun = "raking", aggregate.stage = 2),
  home_logit = cal(homes, calfun = "logit", aggregate.stage = 2, bounds = c(.3, 2.5)),
  post = postStratify(one, ~sexage, data.frame(sexage = names(totals$sexage), Freq = as.numeric(totals$sexage))),
  rake = rake(one, list(~sexage, ~edu, ~region), lapply(c(sexage = "sexage", edu = "edu", region = "region"), function(v)
    setNames(data.frame(names(totals[[v]]), as.numeric(totals[[v]])), c(v, "Freq"))), control = list(maxit = 5000, epsilon = 1e-10)),
  adjust = cal(lonely), average = cal(lonely), certainty = cal(lonely))
# rake and postStratify take other residuals than calibrate: of rake only the weights are compared.
out <- list(); weights_of <- list()
put <- function(design, statistic, group, est, sub) out[[length(out) + 1]] <<- list(design = design, statistic = statistic,
  group = group, value = as.numeric(coef(est)), se = as.numeric(SE(est)), df = degf(sub), n = sum(weights(sub) != 0),
  deff = if (statistic %in% c("total", "mean", "rate")) as.numeric(deff(est)) else NA)
for (name in names(designs)) {
  des <- designs[[name]]; weights_of[[name]] <- as.numeric(weights(des))
  if (name == "rake") next
  options(survey.lonely.psu = if (name %in% c("adjust", "average", "certainty")) name else "fail")
  for (g in c("all", "a", "b", "c")) {
    sub <- if (g == "all") des else subset(des, group == g)
    put(name, "total", g, svytotal(~y, sub, deff = "replace"), sub); put(name, "mean", g, svymean(~y, sub, deff = "replace"), sub)
    put(name, "rate", g, svymean(~u, sub, deff = "replace"), sub); put(name, "ratio", g, svyratio(~y, ~x, sub), sub)
    put(name, "people", g, svytotal(~one, update(sub, one = 1)), sub)
  }
}
# Replicate weights: each is raised to the totals.
jkn <- as.svrepdesign(one, type = "JKn")
raked <- calibrate(jkn, ~sexage + edu, population, calfun = "raking", epsilon = exact, maxit = 1000)
columns <- c(1, 7, 20)
write_json(list(survey = as.character(packageVersion("survey")), totals = lapply(totals, as.list), amount = amount,
  weights = weights_of, rows = out, replicates = list(columns = columns,
    before = unname(split(t(weights(jkn, "analysis")[, columns]), seq_along(columns))),
    after = unname(split(t(weights(raked, "analysis")[, columns]), seq_along(columns))))),
  file.path(folder, "expected.json"), digits = I(17), auto_unbox = TRUE, na = "null")

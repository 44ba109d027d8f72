# Makes waits.json: medians of waits with some people still waiting, and their intervals.
#   Rscript tests/golden/mobility/make.R      (from the repository's root)
suppressMessages({library(survival); library(jsonlite)})
set.seed(20261127)
cases <- list(list(days = c(5, 6, 7, 8), done = c(1, 1, 1, 1)), list(days = c(3, 9), done = c(0, 0)))
for (n in c(1, 2, 3, 5, 8, 20, 60, 300)) for (share in c(.3, .7, 1))
  cases[[length(cases) + 1]] <- list(days = rpois(n, 20), done = rbinom(n, 1, share))
out <- lapply(cases, function(one) {
  fit <- survfit(Surv(one$days, one$done) ~ 1, conf.type = "log-log")
  q <- quantile(fit, .5)
  list(days = one$days, done = one$done, median = unname(q$quantile), low = unname(q$lower),
       high = unname(q$upper))
})
write_json(out, "tests/golden/mobility/waits.json", auto_unbox = FALSE, digits = 12, na = "null")

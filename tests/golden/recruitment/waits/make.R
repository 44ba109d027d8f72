# Medians of waits with their intervals, by R's survival and by exact binomial ranks.
# Run in this folder: Rscript make.R > waits.json
library(survival)
RNGversion("4.0.0"); set.seed(20261127)

case <- function(name, days, ended) {
  fit <- survfit(Surv(days, ended) ~ 1, conf.type = "log-log")
  q <- quantile(fit, 0.5)
  said <- function(x) if (is.na(x)) "null" else format(x, digits = 17)
  k <- qbinom(0.025, length(days), 0.5)
  s <- sort(days)
  ranks <- if (k > 0) c(s[k], s[length(s) - k + 1]) else c(NA, NA)
  sprintf(paste0('{"name": "%s", "days": [%s], "ended": [%s], "value": %s, "low": %s, "high": %s,',
                 ' "median": %s, "rank_low": %s, "rank_high": %s}'),
          name, paste(days, collapse = ", "), paste(ended, collapse = ", "),
          said(q$quantile[[1]]), said(q$lower[[1]]), said(q$upper[[1]]),
          said(median(days)), said(ranks[1]), said(ranks[2]))
}

waited <- function(n, rate, watch) {
  full <- round(rexp(n, rate)); seen <- round(runif(n, 0, watch))
  list(days = pmin(full, seen), ended = as.integer(full <= seen))
}
a <- waited(40, 1 / 25, 120); b <- waited(200, 1 / 300, 330); c <- waited(15, 1 / 20, 60)
cases <- c(
  case("all over", c(12, 18, 20, 20, 25, 31, 44, 60, 75, 90), rep(1, 10)),
  case("one half is a step", c(5, 10, 15, 20), rep(1, 4)),
  case("some still wait", a$days, a$ended),
  case("most still wait", b$days, b$ended),
  case("few", c$days, c$ended),
  case("nobody is through", c(10, 40, 90, 120), rep(0, 4)),
  case("the last still waits", c(3, 3, 8, 8, 8, 9, 30), c(1, 0, 1, 1, 0, 1, 0)),
  case("on the day itself", c(0, 0, 0, 0, 2, 7, 11, 12), c(1, 1, 1, 0, 1, 1, 1, 1)),
  case("one", 20, 1))
cat("[\n", paste(cases, collapse = ",\n"), "\n]\n", sep = "")

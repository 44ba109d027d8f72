# Makes draw.csv and expected.json: what R's survey package says of the ways samples are drawn.
#   Rscript tests/golden/designs/make.R      (from the repository's root)
suppressMessages({library(survey); library(jsonlite)})
set.seed(20261127)
folder <- "tests/golden/designs"
# Strata with their PSUs in the sample and in the population: S1 and S2 represent themselves.
drawn <- c(1, 3, 3, 4, 2, 5); there <- c(1, 3, 5, 12, 40, 8)
rows <- list()
for (h in 1:6) for (c in 1:drawn[h]) for (half in c("A", "B")) {
  # One half of a PSU of S4 has a single dwelling.
  ssus <- if (h == 4 && c == 2 && half == "A") 1 else 2 + (h + c) %% 3
  in_half <- 4 + (2 * h + c + (half == "B")) %% 4
  for (s in 1:ssus) {
    m <- 1 + (h + 2 * c + s) %% 4; k <- m + (s + c) %% 3; shift <- rnorm(1, h / 4, .6)
    rows[[length(rows) + 1]] <- data.frame(
      stratum = sprintf("S%d", h), psu = sprintf("P%d", c), half = half,
      ssu = paste0(half, s), person = 1:m, n1 = there[h], m2 = in_half, k3 = k,
      sure = as.integer(h <= 2),
      weight = round(there[h] / drawn[h] * in_half / ssus * k / m * runif(m, .8, 1.3), 3),
      group = sample(c("a", "b", "c", "d"), m, TRUE, c(.5, .3, .15, .05)),
      sex = sample(c("M", "F"), m, TRUE),
      y = round(40 + 5 * shift + rnorm(m, 0, 9), 2), x = round(exp(rnorm(m, 1, .7)), 3),
      u = as.integer(runif(m) < plogis(-1 + shift)), l = as.integer(runif(m) < .8))
  }
}
d <- do.call(rbind, rows)
d$u <- d$u * d$l
unit <- function(...) match(paste(...), unique(paste(...)))
count <- function(what, by) ave(what, by, FUN = function(v) length(unique(v)))
p <- unit(d$stratum, d$psu); hf <- unit(p, d$half); s <- unit(hf, d$ssu); person <- seq_len(nrow(d))
d$n2 <- ave(d$m2 * !duplicated(hf), p, FUN = sum)          # dwellings of the PSU, both halves
d$r1 <- count(p, unit(d$stratum)) / d$n1
d$r2 <- count(s, p) / d$n2
d$r3 <- count(person, s) / d$k3
d$one <- 1; d$id <- person; d$all <- 2000; d$whole <- count(person, unit(d$stratum))
write.csv(d[, setdiff(names(d), c("id"))], file.path(folder, "draw.csv"), row.names = FALSE)
d$inf <- Inf
# PSUs that were sure to be drawn, put into the place of strata by hand.
d$rs <- ifelse(d$sure == 1, paste(d$stratum, d$psu), d$stratum)
d$rp <- ifelse(d$sure == 1, paste(d$psu, d$ssu), d$psu)
d$rs2 <- ifelse(d$sure == 1, person, d$ssu)
d$f1 <- ifelse(d$sure == 1, d$n2, d$n1); d$f2 <- ifelse(d$sure == 1, d$k3, d$n2); d$f3 <- ifelse(d$sure == 1, 1, d$k3)
d$rs3 <- person

make <- function(...) svydesign(..., data = d, nest = TRUE)
designs <- list(
  enaho = function() make(ids = ~psu + ssu, strata = ~stratum, fpc = ~n1 + n2, weights = ~weight),
  pnad = function() make(ids = ~psu + ssu, strata = ~stratum + half, fpc = ~n1 + m2, weights = ~weight),
  enoe = function() make(ids = ~psu + ssu + person, strata = ~stratum, fpc = ~r1 + r2 + r3, weights = ~weight),
  replaced = function() make(ids = ~psu + ssu, strata = ~stratum, fpc = ~n1 + inf, weights = ~weight),
  census = function() make(ids = ~id, strata = ~stratum, fpc = ~whole, weights = ~one),
  simple = function() svydesign(ids = ~1, fpc = ~all, weights = ~weight, data = d),
  pps = function() make(ids = ~psu, strata = ~stratum, weights = ~weight),
  sure = function() make(ids = ~rp, strata = ~rs, weights = ~weight),
  sure_fpc = function() make(ids = ~rp + rs2 + rs3, strata = ~rs, fpc = ~f1 + f2 + f3, weights = ~weight))
policies <- list(enaho = "fail", pnad = c("certainty", "adjust", "average", "fail"), enoe = "adjust", replaced = "fail",
  census = "fail", simple = "fail", pps = c("certainty", "adjust", "average"), sure = "fail", sure_fpc = "certainty")
out <- list()
put <- function(name, policy, statistic, group, sub, est) out[[length(out) + 1]] <<- list(
  design = name, policy = policy, statistic = statistic, group = group,
  value = as.numeric(coef(est)), se = as.numeric(SE(est)), df = degf(sub))
for (name in names(designs)) for (policy in policies[[name]]) {
  options(survey.lonely.psu = policy)
  des <- designs[[name]]()
  refused <- inherits(try(SE(svytotal(~x, des)), silent = TRUE), "try-error")
  if (refused) { out[[length(out) + 1]] <- list(design = name, policy = policy, statistic = "refused"); next }
  for (g in c("all", "a", "b", "c", "d")) {
    sub <- if (g == "all") des else subset(des, group == g)
    put(name, policy, "total", g, sub, svytotal(~x, sub))
    put(name, policy, "mean", g, sub, svymean(~y, sub))
    put(name, policy, "ratio", g, sub, svyratio(~y, ~x, sub))
    force <- subset(sub, l == 1)
    put(name, policy, "rate", g, force, svymean(~u, force))
    if (g == "d") next
    # The order of the estimated median: what the interval of a quantile is made from.
    w <- weights(sub)[weights(sub) > 0]; v <- sub$variables$y[weights(sub) > 0]; o <- order(v)
    median <- v[o][which(cumsum(w[o]) >= sum(w) / 2 * (1 - 1e-12))[1]]
    sub <- update(sub, below = as.numeric(y <= median))
    put(name, policy, "rank", g, sub, svymean(~below, sub))
    men <- update(sub, mine = x * (sex == "M"))
    put(name, policy, "share", g, sub, svyratio(~mine, ~x, men))
    both <- svyby(~y, ~sex, sub, svymean, covmat = TRUE)
    put(name, policy, "difference", g, sub, svycontrast(both, c(M = 1, F = -1)))
  }
}
write_json(list(version = as.character(packageVersion("survey")), rows = out),
           file.path(folder, "expected.json"), auto_unbox = TRUE, digits = NA, na = "null")

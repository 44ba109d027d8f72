# Makes sample.csv, made.csv (by draw.py) and expected.json: what R's survey says under replicates.
#   Rscript tests/golden/replicates/make.R sample && python tests/golden/replicates/draw.py
#   Rscript tests/golden/replicates/make.R             (from the repository's root)
# sample.csv is a part of the invented tests/golden/estimate/distributions.csv with replicate weights
# of every kind. Values and errors are survey's own (svytotal, svymean, svyratio, svyby with covmat,
# svycontrast) or withReplicates of the estimator written out here.
suppressMessages({library(survey); library(jsonlite)})
folder <- "tests/golden/replicates"
if (identical(commandArgs(TRUE), "sample")) {
  set.seed(20261128)
  d <- read.csv("tests/golden/estimate/distributions.csv")
  d <- d[d$stratum %in% sprintf("S%02d", 3:8) & d$weight > 0, ]
  d$total <- ave(match(d$psu, unique(d$psu)), d$stratum, FUN = function(v) length(unique(v))) * 3 + 1
  d$half <- as.integer(factor(d$psu)) %% 2
  halves <- svydesign(ids = ~half, strata = ~stratum, weights = ~weight, data = d, nest = TRUE)
  one <- svydesign(ids = ~I(paste(stratum, psu)), weights = ~weight, data = d)
  des <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = d, nest = TRUE)
  put <- function(name, w) { w <- as.matrix(w); colnames(w) <- paste0(name, seq_len(ncol(w))); d <<- cbind(d, round(w, 6)) }
  wt <- function(x) weights(x, "analysis")
  put("brr", wt(as.svrepdesign(halves, type = "BRR")))
  put("fay", wt(as.svrepdesign(halves, type = "Fay", fay.rho = 0.3)))
  put("jk", wt(as.svrepdesign(one, type = "JK1")))
  put("jkn", wt(as.svrepdesign(des, type = "JKn")))
  put("boot", wt(as.svrepdesign(des, type = "subbootstrap", replicates = 24)))
  m <- nrow(d)
  put("sdr", d$weight * matrix(sample(c(0.3, 1, 1.7), m * 20, TRUE, c(.25, .5, .25)), m))
  put("free", d$weight * matrix(runif(m * 10, 0.5, 1.5), m))
  write.csv(d, file.path(folder, "sample.csv"), row.names = FALSE, na = "", quote = FALSE)
  quit()
}
d <- read.csv(file.path(folder, "sample.csv"))
d <- cbind(d, read.csv(file.path(folder, "made.csv")))
d$one <- 1
of <- function(name) d[grep(paste0("^", name, "[0-9]+$"), names(d))]
jkn <- as.svrepdesign(svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = d, nest = TRUE), type = "JKn")
free <- list(scale = 0.05, rscales = seq(0.5, 1.4, by = 0.1))
rep_of <- function(mse) { r <- function(name, ...) suppressWarnings(
    svrepdesign(variables = d, repweights = of(name), weights = d$weight, combined.weights = TRUE, mse = mse, ...))
  list(brr = r("brr", type = "BRR"), fay = r("fay", type = "Fay", rho = 0.3), jk1 = r("jk", type = "JK1"),
    jk2 = r("brr", type = "JK2"),
    jkn = r("jkn", type = "JKn", rscales = jkn$rscales, scale = 1), bootstrap = r("boot", type = "bootstrap"),
    sdr = r("sdr", type = "ACS"), other = r("free", type = "other", scale = free$scale, rscales = free$rscales),
    made = r("made", type = "bootstrap"), made_fpc = r("fpc", type = "bootstrap")) }
part <- function(data, ...) svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = data, nest = TRUE, ...)
made_of <- function(mse) { list(
    made_jkn = as.svrepdesign(part(d), type = "JKn", mse = mse),
    made_jkn_fpc = as.svrepdesign(part(d, fpc = ~total), type = "JKn", mse = mse)) }
# Two strata with a single PSU: the first PSU of S03 and of S06, alone
lonely <- d
lonely$psu <- ifelse(lonely$stratum %in% c("S03", "S06"), "P01", lonely$psu)
lonely_of <- function(mse) { found <- list()
  for (p in c("adjust", "average", "certainty")) { options(survey.lonely.psu = p)
    found[[paste0("lonely_", p)]] <- as.svrepdesign(part(lonely), type = "JKn", mse = mse) }
  options(survey.lonely.psu = "fail"); found }

out <- list()
put <- function(design, mse, statistic, group, value, se, df = NA, n = NA, deff = NA, low = NA, high = NA)
  out[[length(out) + 1]] <<- list(design = design, mse = mse, statistic = statistic, group = group,
    value = as.numeric(value), se = as.numeric(se), df = df, n = n, deff = as.numeric(deff), low = as.numeric(low), high = as.numeric(high))
expit <- function(v) 1 / (1 + exp(-v)); logit <- function(p) log(p / (1 - p))
q_of <- function(y, w, p) { k <- w > 0; y <- y[k]; w <- w[k]; o <- order(y)
  y[o][which(cumsum(w[o]) >= p * sum(w) * (1 - 1e-12))[1]] }
gini_value <- function(y, w) { k <- w > 0; y <- y[k]; w <- w[k]; o <- order(y); y <- y[o]; w <- w[o]
  sum(w * y * (2 * cumsum(w) - w)) / (sum(w) * sum(w * y)) - 1 }
rate_of <- function(w, i, j) sum(w[i]) / sum(w[j])
# NULL if a replicate has no estimate: survey leaves it out with a warning, Cauce has no error then
se_of <- function(des, f) { bad <- FALSE
  found <- withCallingHandlers(tryCatch(withReplicates(des, function(w, data) f(w)), error = function(e) NULL),
    warning = function(w) { bad <<- TRUE; invokeRestart("muffleWarning") })
  if (bad || is.null(found) || !is.finite(SE(found))) NULL else found }

linear <- function(name, mse, des, g) {
  v <- des$variables
  sub <- if (g == "all") des else subset(des, group == g)
  answered <- subset(sub, !is.na(pay)); k <- degf(answered)
  try_put <- function(statistic, est, design, ci) { bad <- FALSE
    e <- withCallingHandlers(est(), warning = function(w) { if (grepl("discarded", conditionMessage(w))) bad <<- TRUE; invokeRestart("muffleWarning") })
    if (!bad && is.finite(SE(e))) put(name, mse, statistic, g, coef(e), SE(e), degf(design), nrow(design$variables),
      tryCatch(deff(e), error = function(x) NA), ci(e)[1], ci(e)[2]) }
  plain <- function(k) function(e) as.numeric(coef(e)) + c(-1, 1) * qt(.975, k) * as.numeric(SE(e))
  inner <- function(k) function(e) { p <- as.numeric(coef(e)); expit(logit(p) + c(-1, 1) * qt(.975, k) * as.numeric(SE(e)) / (p * (1 - p))) }
  try_put("total", function() svytotal(~pay, answered, deff = "replace"), answered, plain(k))
  try_put("people", function() svytotal(~one, sub), sub, plain(degf(sub)))
  try_put("mean", function() svymean(~pay, answered, deff = "replace"), answered, plain(k))
  force <- subset(sub, l == 1)
  try_put("rate", function() svymean(~u, force, deff = "replace"), force, inner(degf(force)))
  try_put("ratio", function() svyratio(~pay, ~edu, answered), answered, plain(k))
}
bent <- function(name, mse, des, g) {
  v <- des$variables; W <- weights(des, "sampling"); ok <- !is.na(v$pay)
  here <- ok & (g == "all" | v$group == g); y <- v$pay; M <- here & v$sex == "M"; F <- here & v$sex == "F"
  say <- function(statistic, f) { e <- se_of(des, f); if (!is.null(e)) put(name, mse, statistic, g, coef(e), SE(e)) }
  mean_of <- function(w, i) sum((w * y)[i]) / sum(w[i])
  answered <- subset(des, !is.na(pay)); sub <- if (g == "all") answered else subset(answered, group == g)
  for (p in c(.1, .5, .9)) { q <- q_of(y[here], W[here], p)
    e <- se_of(des, function(w) sum(w[here & y <= q]) / sum(w[here])); if (is.null(e)) next
    k <- degf(sub); t <- qt(.975, k); half <- t * as.numeric(SE(e)) / (p * (1 - p)); ends <- expit(logit(p) + c(-half, half))
    if (!all(is.finite(ends)) || as.numeric(coef(e)) >= 1) next
    a <- q_of(y[here], W[here], ends[1]); b <- q_of(y[here], W[here], ends[2])
    if (a < b) put(name, mse, paste0("q", p * 100), g, q, (b - a) / (2 * t), k, sum(here), NA, a, b) }
  say("gini", function(w) gini_value(y[here], w[here]))
  say("d9d1", function(w) q_of(y[here], w[here], .9) / q_of(y[here], w[here], .1))
  say("low", function(w) { at <- 2 / 3 * q_of(y[ok], w[ok], .5); sum(w[here & y < at]) / sum(w[here]) })
  for (o in 0:3) { say(paste0("share", o), function(w) sum(w[here & v$occ == o]) / sum(w[here]))
    say(paste0("bill", o), function(w) sum((w * y)[here & v$occ == o]) / sum((w * y)[here])) }
  if (!any(M) || !any(F)) return()
  say("difference", function(w) mean_of(w, M) - mean_of(w, F))
  say("relative_gap", function(w) 1 - mean_of(w, F) / mean_of(w, M))
  say("quotient", function(w) mean_of(w, M) / mean_of(w, F))
  say("rate_difference", function(w) rate_of(w, M & v$l == 1 & v$u == 1, M & v$l == 1) - rate_of(w, F & v$l == 1 & v$u == 1, F & v$l == 1))
  groups <- Filter(function(e) any(M & v$edu == e) && any(F & v$edu == e), 0:2)
  fw <- function(w) { num <- 0; den <- 0
    for (e in groups) { i <- M & v$edu == e; j <- F & v$edu == e
      num <- num + sum(w[j]) * (1 - mean_of(w, j) / mean_of(w, i)); den <- den + sum(w[j]) }
    num / den }
  say("factor_gap", fw)
  share <- function(w, o, S) sum(w[S & v$occ == o]) / sum(w[S])
  plain <- function(w) .5 * sum(sapply(0:3, function(o) abs(share(w, o, M) - share(w, o, F))))
  # Allen et al. (2015), section 4, with the errors of the replicates
  D <- 0
  for (o in 0:3) { e <- se_of(des, function(w) share(w, o, M) - share(w, o, F)); if (is.null(e)) return()
    dk <- abs(as.numeric(coef(e))); sk <- as.numeric(SE(e)); t <- dk / sk
    D <- D + if (!is.finite(t) || sk == 0) dk else if (t <= 1) 0 else sk * optimize(function(h) dnorm(t - h) + dnorm(t + h), c(0, t + 1), maximum = TRUE, tol = 1e-12)$maximum }
  e <- se_of(des, plain); if (!is.null(e)) put(name, mse, "dissimilarity", g, D / 2, SE(e))
  # Men and women of a cell: the covariance of two estimates
  cov <- function(statistic, f) { e <- se_of(des, function(w) c(f(w, M), f(w, F)))
    if (!is.null(e)) put(name, mse, paste0("cov_", statistic), g, vcov(e)[1, 2], NA) }
  cov("mean", mean_of); cov("total", function(w, i) sum((w * y)[i])); cov("gini", function(w, i) gini_value(y[i], w[i]))
}
for (mse in c(FALSE, TRUE)) for (designs in list(rep_of(mse), made_of(mse), lonely_of(mse))) for (name in names(designs))
  for (g in c("all", "a", "b", "c")) {
    linear(name, mse, designs[[name]], g)
    if (!startsWith(name, "lonely")) bent(name, mse, designs[[name]], g)
  }
write_json(list(survey = as.character(packageVersion("survey")), rscales = jkn$rscales, free = free, rows = out),
           file.path(folder, "expected.json"), digits = I(17), auto_unbox = TRUE, na = "null")

# Makes changes.json: differences of what is no total or ratio – quantiles, D9/D1, Gini, low pay,
# shares, gaps – between the sexes and between two waves with PSUs in common, of waves.csv.
#   Rscript tests/golden/estimate/make_changes.R      (from the repository's root)
# Each estimate is linearised in its own wave by the source named beside it. Sexes, and waves with
# the same PSUs: svytotal of z_first - z_second on the waves stacked in one design, so that survey
# finds the covariance itself. Waves with some PSUs in common: both variances of survey, and the
# covariance as in Tam (1984) written out. A second witness: the bootstrap of the stacked design.
suppressMessages({library(survey); library(jsonlite)})
folder <- "tests/golden/estimate"
every <- read.csv(file.path(folder, "waves.csv"), colClasses = c(wave = "character"))
every$pay <- 200 + 5 * every$y
every$occ <- floor(every$y) %% 4
options(survey.lonely.psu = "certainty")
set.seed(20261127)
make <- function(data, fpc) if (fpc) svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, fpc = ~total_psus, data = data, nest = TRUE) else
  svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = data, nest = TRUE)
total_se <- function(z, des) as.numeric(SE(svytotal(z, des)))
logit <- function(p) log(p / (1 - p)); expit <- function(v) 1 / (1 + exp(-v))
q_of <- function(y, w, p) { k <- w > 0; y <- y[k]; w <- w[k]; o <- order(y)
  y[o][which(cumsum(w[o]) >= p * sum(w) * (1 - 1e-12))[1]] }
woodruff <- function(d, des, here, p) {
  w <- d$weight; y <- d$pay; q <- q_of(y[here], w[here], p)
  sub <- subset(des, here); m <- svymean(as.numeric(y[here] <= q), sub); s <- as.numeric(SE(m))
  t <- qt(.975, degf(sub)); half <- t * s / (p * (1 - p)); ends <- expit(logit(p) + c(-half, half))
  at <- c(q_of(y[here], w[here], ends[1]), q_of(y[here], w[here], ends[2]))
  list(q = q, se = diff(at) / (2 * t), rank = as.numeric(coef(m)), rank_se = s, slope = diff(at) / diff(ends),
       ends = at, span = diff(ends)) }
gini_value <- function(y, w) { k <- w > 0; y <- y[k]; w <- w[k]; o <- order(y); y <- y[o]; w <- w[o]
  sum(w * y * (2 * cumsum(w) - w)) / (sum(w) * sum(w * y)) - 1 }
# Value and z of a statistic among those `here` of a wave; `all` is who draws the line of low pay.
score <- function(d, des, statistic, here) {
  w <- d$weight; y <- d$pay; N <- sum(w[here]); z <- rep(0, nrow(d))
  if (statistic == "q50") { f <- woodruff(d, des, here, .5)   # Woodruff (1952), Deville (1999)
    z[here] <- -(f$se / f$rank_se) * ((y[here] <= f$q) - f$rank) / N; return(list(v = f$q, z = z)) }
  if (statistic == "d9d1") { a <- woodruff(d, des, here, .9); b <- woodruff(d, des, here, .1)
    z[here] <- -(a$slope * ((y[here] <= a$q) - .9) / b$q - a$q / b$q^2 * b$slope * ((y[here] <= b$q) - .1)) / N
    return(list(v = a$q / b$q, z = z)) }
  if (statistic == "gini") { G <- gini_value(y[here], w[here]); Y <- sum((w * y)[here])   # Langel & Tille (2013)
    for (k in which(here)) { m <- here & y <= y[k]; Nk <- sum(w[m]); Yk <- sum((w * y)[m])
      z[k] <- (2 * (Nk * y[k] - Yk) + Y - N * y[k] - G * (Y + N * y[k])) / (N * Y) }
    return(list(v = G, z = z)) }
  if (statistic == "low") { all <- rep(TRUE, nrow(d)); f <- woodruff(d, des, all, .5)   # Osier (2009)
    below <- function(at) sum(w[here] * (y[here] < at)) / N; line <- .9 * f$q; P <- below(line)
    b <- (below(.9 * f$ends[2]) - below(.9 * f$ends[1])) / f$span
    z <- ifelse(here, (y < line) - P, 0) / N - b * ((y <= f$q) - .5) / sum(w); return(list(v = P, z = z)) }
  if (substr(statistic, 1, 5) == "share") { o <- as.integer(substr(statistic, 6, 6)); R <- sum((w * (d$occ == o))[here]) / N
    z[here] <- ((d$occ == o)[here] - R) / N; return(list(v = R, z = z)) }
  if (statistic == "gap") { i <- here & d$sex == "M"; j <- here & d$sex == "F"
    mi <- sum((w * y)[i]) / sum(w[i]); mj <- sum((w * y)[j]) / sum(w[j])
    z[i] <- mj / mi^2 * (y[i] - mi) / sum(w[i]); z[j] <- -(y[j] - mj) / mi / sum(w[j]); return(list(v = 1 - mj / mi, z = z)) } }
plain <- function(d, w, statistic, here) switch(statistic, q50 = q_of(d$pay[here], w[here], .5),
  d9d1 = q_of(d$pay[here], w[here], .9) / q_of(d$pay[here], w[here], .1), gini = gini_value(d$pay[here], w[here]),
  gap = { i <- here & d$sex == "M"; j <- here & d$sex == "F"; 1 - sum((w * d$pay)[j]) / sum(w[j]) / (sum((w * d$pay)[i]) / sum(w[i])) }, NA)
low_of <- function(d, w, here, all) sum((w * (d$pay < .9 * q_of(d$pay[all], w[all], .5)))[here]) / sum(w[here])
out <- list()
put <- function(kind, fpc, statistic, group, value, se, again = NA) out[[length(out) + 1]] <<- list(kind = kind, fpc = fpc,
  statistic = statistic, group = group, value = value, se = se, again = again)
stats <- c("q50", "d9d1", "gini", "low", "share0", "share2", "gap")
one <- every[every$wave == "1", ]; two <- every[every$wave == "2", ]; some <- every[every$wave == "3", ]
for (fpc in c(FALSE, TRUE)) {
  d1 <- make(one, fpc); d2 <- make(two, fpc); d3 <- make(some, fpc)
  both <- rbind(one, two); stacked <- make(both, fpc); late <- both$wave == "2"
  if (!fpc) boot <- as.svrepdesign(stacked, type = "subbootstrap", replicates = 600)
  for (g in c("all", "a", "b")) for (s in stats) {
    inside <- function(d) g == "all" | d$group == g
    a <- score(two, d2, s, inside(two)); b <- score(one, d1, s, inside(one))
    again <- if (fpc || substr(s, 1, 5) == "share") NA else as.numeric(SE(withReplicates(boot, function(w, data) {
      f <- function(k) if (s == "low") low_of(data, w, k & inside(data), k) else plain(data, w, s, k & inside(data))
      f(late) - f(!late) })))
    put("same", fpc, s, g, a$v - b$v, total_se(c(-b$z, a$z), stacked), again)
    c3 <- score(some, d3, s, inside(some)); cov <- 0; z1 <- one$weight * b$z; z3 <- some$weight * c3$z
    for (h in unique(one$stratum)) {
      x <- tapply(z1[one$stratum == h], one$psu[one$stratum == h], sum); y <- tapply(z3[some$stratum == h], some$psu[some$stratum == h], sum)
      common <- intersect(names(x), names(y)); k <- length(common)
      if (k > 1) { N <- one$total_psus[one$stratum == h][1]; f <- if (fpc) 1 - length(x) * length(y) / (k * N) else 1
        cov <- cov + f * k / (k - 1) * sum((x[common] - mean(x[common])) * (y[common] - mean(y[common]))) } }
    put("some", fpc, s, g, c3$v - b$v, sqrt(total_se(b$z, d1)^2 + total_se(c3$z, d3)^2 - 2 * cov))
    if (s != "gap") { men <- score(one, d1, s, inside(one) & one$sex == "M"); women <- score(one, d1, s, inside(one) & one$sex == "F")
      put("sexes", fpc, s, g, men$v - women$v, total_se(men$z - women$z, d1)) } }
  # Codes of the dimension that is distributed, against each other: svymean of both with its covariance
  for (g in c("all", "a", "b")) { m <- svymean(~factor(occ), if (g == "all") d1 else subset(d1, group == g))
    contrast <- c(1, 0, -1, 0); put("codes", fpc, "share", g, sum(contrast * coef(m)), sqrt(as.numeric(t(contrast) %*% vcov(m) %*% contrast))) }
}
# Two years, each pooled of two waves with the same PSUs: all four waves in one design, weights halved.
again <- function(d, wave, a, b) { d$wave <- wave; d$pay <- round(a + b * d$pay, 2); d }
years <- rbind(one, two, again(two, "4", 7, 1.02), again(one, "5", -3, 1.1)); years$weight <- years$weight / 2
late <- years$wave %in% c("4", "5")
write.csv(years[late, c("wave", "pay")], file.path(folder, "changes_years.csv"), row.names = FALSE)
for (fpc in c(FALSE, TRUE)) {
  des <- make(years, fpc); early_des <- make(years[!late, ], fpc); late_des <- make(years[late, ], fpc)
  for (g in c("all", "a", "b")) for (s in setdiff(stats, "gap")) {
    inside <- function(d) g == "all" | d$group == g
    a <- score(years[late, ], late_des, s, inside(years[late, ])); b <- score(years[!late, ], early_des, s, inside(years[!late, ]))
    z <- rep(0, nrow(years)); z[late] <- a$z; z[!late] <- -b$z
    put("years", fpc, s, g, a$v - b$v, total_se(z, des)) } }
write_json(list(survey = as.character(packageVersion("survey")), rows = out),
           file.path(folder, "changes.json"), digits = I(17), auto_unbox = TRUE, na = "null")

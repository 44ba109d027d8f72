# Makes comparisons.json and waves.csv: differences of the sexes, changes between two waves with PSUs
# in common, and a year pooled from both.
#   Rscript tests/golden/estimate/make_comparisons.R      (from the repository's root)
# Sexes and waves with the same PSUs: survey's svyby with its covariance matrix and svycontrast, the
# waves stacked in one design. Waves with some PSUs in common: the two variances of survey, and the
# covariance as in Tam (1984) written out.
suppressMessages({library(survey); library(jsonlite)})
folder <- "tests/golden/estimate"
d <- read.csv(file.path(folder, "sample.csv"))
d <- d[!(d$stratum %in% c("S01", "S02")) & !is.na(d$y), ]
set.seed(20261127)
second <- d
second$y <- round(0.7 * d$y + 14 + rnorm(nrow(d), 0, 6), 2)
second$u <- ifelse(runif(nrow(d)) < .6, d$u, as.integer(runif(nrow(d)) < .3)) * d$l
second$weight <- round(d$weight * runif(nrow(d), .9, 1.2), 3)
moved <- second$psu == "P01" & (match(second$stratum, unique(second$stratum)) %% 2 == 0)
partial <- second; partial$psu[moved] <- "Q01"
gone <- partial$psu == "P02" & partial$stratum == "S05"
partial <- partial[!gone, ]
d$wave <- "1"; second$wave <- "2"; partial$wave <- "3"
keep <- c("wave", "stratum", "psu", "weight", "group", "sex", "y", "x", "u", "l", "total_psus")
write.csv(rbind(d, second, partial)[keep], file.path(folder, "waves.csv"), row.names = FALSE)
options(survey.lonely.psu = "certainty")
make <- function(data, fpc) if (fpc) svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, fpc = ~total_psus, data = data, nest = TRUE) else
  svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = data, nest = TRUE)
out <- list()
put <- function(kind, fpc, statistic, group, value, se, cov) out[[length(out) + 1]] <<- list(kind = kind,
  fpc = fpc, statistic = statistic, group = group, value = as.numeric(value), se = as.numeric(se), covariance = as.numeric(cov))
ask <- function(statistic, by, des) switch(statistic,
  total = svyby(~x, by, des, svytotal, covmat = TRUE), mean = svyby(~y, by, des, svymean, covmat = TRUE),
  rate = svyby(~u, by, subset(des, l == 1), svymean, covmat = TRUE),
  ratio = svyby(~y, by, denominator = ~x, design = des, FUN = svyratio, covmat = TRUE))
contrast <- function(kind, fpc, statistic, group, est, first) {
  V <- vcov(est); cf <- as.numeric(coef(est)); i <- which(as.character(est[[1]]) == first); s <- rep(-1, 2); s[i] <- 1
  put(kind, fpc, statistic, group, sum(s * cf), sqrt(as.numeric(t(s) %*% V %*% s)), V[1, 2]) }
stats <- c("total", "mean", "rate", "ratio")
for (fpc in c(FALSE, TRUE)) {
  one <- make(d, fpc)
  for (g in c("all", "a", "b")) for (s in stats) {
    sub <- if (g == "all") one else subset(one, group == g)
    contrast("sexes", fpc, s, g, ask(s, ~sex, sub), "M") }
  stacked <- make(rbind(d, second), fpc)
  for (g in c("all", "a", "b")) for (s in stats) {
    sub <- if (g == "all") stacked else subset(stacked, group == g)
    contrast("same", fpc, s, g, ask(s, ~wave, sub), "2") }
  year <- rbind(d, second); year$weight <- year$weight / 2
  pool <- make(year, fpc)
  for (g in c("all", "a", "b")) {
    sub <- if (g == "all") pool else subset(pool, group == g)
    t <- svytotal(~x, sub); put("pooled", fpc, "total", g, coef(t), SE(t), NA)
    m <- svymean(~y, sub); put("pooled", fpc, "mean", g, coef(m), SE(m), NA) }
  # Some PSUs in common: Tam (1984)
  score <- function(data, statistic, here) { w <- data$weight; y <- data$y; x <- rep(1, nrow(data))
    if (statistic == "total") return(ifelse(here, data$x, 0))
    if (statistic == "rate") { y <- data$u; here <- here & data$l == 1 }
    if (statistic == "ratio") x <- data$x
    R <- sum((w * y)[here]) / sum((w * x)[here]); ifelse(here, (y - R * x) / sum((w * x)[here]), 0) }
  value <- function(data, statistic, here) { w <- data$weight; if (statistic == "total") return(sum((w * data$x)[here]))
    if (statistic == "rate") { k <- here & data$l == 1; return(sum((w * data$u)[k]) / sum(w[k])) }
    if (statistic == "ratio") return(sum((w * data$y)[here]) / sum((w * data$x)[here])); sum((w * data$y)[here]) / sum(w[here]) }
  for (g in c("all", "a", "b")) for (s in stats) {
    h1 <- g == "all" | d$group == g; h2 <- g == "all" | partial$group == g
    z1 <- d$weight * score(d, s, h1); z2 <- partial$weight * score(partial, s, h2); cov <- 0
    for (h in unique(d$stratum)) {
      a <- tapply(z1[d$stratum == h], d$psu[d$stratum == h], sum); b <- tapply(z2[partial$stratum == h], partial$psu[partial$stratum == h], sum)
      common <- intersect(names(a), names(b)); k <- length(common)
      if (k > 1) { N <- d$total_psus[d$stratum == h][1]
        f <- if (fpc) 1 - length(a) * length(b) / (k * N) else 1
        cov <- cov + f * k / (k - 1) * sum((a[common] - mean(a[common])) * (b[common] - mean(b[common]))) } }
    v1 <- as.numeric(SE(svytotal(score(d, s, h1), make(d, fpc))))^2
    v2 <- as.numeric(SE(svytotal(score(partial, s, h2), make(partial, fpc))))^2
    put("some", fpc, s, g, value(partial, s, h2) - value(d, s, h1), sqrt(v1 + v2 - 2 * cov), cov) }
}
write_json(list(survey = as.character(packageVersion("survey")), rows = out),
           file.path(folder, "comparisons.json"), digits = I(17), auto_unbox = TRUE, na = "null")

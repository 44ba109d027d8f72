# Makes distributions.json: quantiles, Gini, low pay, gaps, shares and dissimilarity of sample.csv.
#   Rscript tests/golden/estimate/make_distributions.R      (from the repository's root)
# Values and errors are survey's own (svyquantile's rule, svymean, svyratio, svyby with covmat,
# svycontrast) or linearised here from the source named beside them and given to svytotal. A second
# witness of what is linearised: the jackknife by PSU, and the bootstrap where quantiles are in it.
suppressMessages({library(survey); library(jsonlite)})
folder <- "tests/golden/estimate"
d <- read.csv(file.path(folder, "sample.csv"))
d <- d[!(d$stratum %in% c("S01", "S02")), ]
d$pay <- ifelse(is.na(d$y), NA, 100 + 40 * d$x)
d$edu <- (seq_len(nrow(d)) * 7) %% 3
d$occ <- (seq_len(nrow(d)) * 5) %% 4
options(survey.lonely.psu = "fail")
des <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = d, nest = TRUE)
jkn <- as.svrepdesign(des, type = "JKn")
set.seed(20261126)
boot <- as.svrepdesign(des, type = "subbootstrap", replicates = 1000)
out <- list()
put <- function(statistic, group, value, se, n, df, low = NA, high = NA, again = NA)
  out[[length(out) + 1]] <<- list(statistic = statistic, group = group, value = as.numeric(value),
    se = as.numeric(se), n = n, df = df, low = as.numeric(low), high = as.numeric(high), again = as.numeric(again))
total_se <- function(z, design = des) as.numeric(SE(svytotal(z, design)))
rule <- survey:::qrule_math
q_of <- function(y, w, p) { k <- w > 0; y <- y[k]; w <- w[k]; o <- order(y)
  y[o][which(cumsum(w[o]) >= p * sum(w) * (1 - 1e-12))[1]] }
expit <- function(v) 1 / (1 + exp(-v)); logit <- function(p) log(p / (1 - p))
jk <- function(f) as.numeric(SE(withReplicates(jkn, f)))
bs <- function(f) as.numeric(SE(withReplicates(boot, f)))

woodruff <- function(sub, p) {
  y <- sub$variables$pay; w <- weights(sub); q <- rule(y, w, p)
  s <- as.numeric(SE(svymean(as.numeric(y <= q), sub)))
  t <- qt(0.975, degf(sub)); half <- t * s / (p * (1 - p))
  ends <- expit(logit(p) + c(-half, half))
  # Not survey's rule: where an order is below the first share it gives the second amount.
  q_ends <- c(q_of(y, w, ends[1]), q_of(y, w, ends[2]))
  list(value = q, low = q_ends[1], high = q_ends[2], se = diff(q_ends) / (2 * t), slope = diff(q_ends) / diff(ends),
       span = diff(ends))
}
gini_value <- function(y, w) { k <- w > 0; y <- y[k]; w <- w[k]; o <- order(y); y <- y[o]; w <- w[o]
  sum(w * y * (2 * cumsum(w) - w)) / (sum(w) * sum(w * y)) - 1 }
# Langel & Tille (2013), section 4
gini_z <- function(y, w, inside) { G <- gini_value(y[inside], w[inside]); N <- sum(w[inside]); Y <- sum((w * y)[inside])
  z <- rep(0, length(y))
  for (k in which(inside)) { m <- inside & y <= y[k]; Nk <- sum(w[m]); Yk <- sum((w * y)[m])
    z[k] <- (2 * (Nk * y[k] - Yk) + Y - N * y[k] - G * (Y + N * y[k])) / (N * Y) }
  list(value = G, z = z) }

answered <- subset(des, !is.na(pay))
W <- weights(des)
whole <- woodruff(answered, 0.5)
for (g in c("all", "a", "b", "c", "d")) {
  sub <- if (g == "all") answered else subset(answered, group == g)
  here <- !is.na(d$pay) & (g == "all" | d$group == g)
  n <- sum(here & W > 0); k <- degf(sub)
  y <- ifelse(here, d$pay, 0)
  if (k < 1) next
  for (p in c(0.1, 0.5, 0.9)) { q <- woodruff(sub, p); put(paste0("q", p * 100), g, q$value, q$se, n, k, q$low, q$high,
    bs(function(w, data) q_of(data$pay[here], w[here], p))) }
  gi <- gini_z(y, W, here)
  ci <- expit(logit(gi$value) + c(-1, 1) * qt(.975, k) * total_se(gi$z) / (gi$value * (1 - gi$value)))
  put("gini", g, gi$value, total_se(gi$z), n, k, ci[1], ci[2], jk(function(w, data) gini_value(data$pay[here], w[here])))
  # D9/D1: Deville (1999), the slopes of the inverse distribution between Woodruff's ends
  q9 <- woodruff(sub, .9); q1 <- woodruff(sub, .1); N <- sum(W[here])
  z <- ifelse(here, -(q9$slope * ((d$pay <= q9$value) - .9) / q1$value - q9$value / q1$value^2 * q1$slope * ((d$pay <= q1$value) - .1)) / N, 0)
  v <- q9$value / q1$value; s <- total_se(z); f <- exp(qt(.975, k) * s / v)
  put("d9d1", g, v, s, n, k, v / f, v * f,
    bs(function(w, data) q_of(data$pay[here], w[here], .9) / q_of(data$pay[here], w[here], .1)))
  # Low pay below 2/3 of the median of everyone: Osier (2009), section 4.1
  line <- 2 / 3 * whole$value
  P <- sum(W[here] * (d$pay[here] < line)) / N
  share <- function(at) sum(W[here] * (d$pay[here] < at)) / N
  moved <- (share(2 / 3 * whole$high) - share(2 / 3 * whole$low)) / whole$span
  every <- !is.na(d$pay); A <- sum(W[every])
  z <- ifelse(here, (d$pay < line) - P, 0) / N - moved * ifelse(every, (d$pay <= whole$value) - .5, 0) / A
  z[is.na(z)] <- 0
  if (P > 0) put("low", g, P, total_se(z), n, k, NA, NA, bs(function(w, data) {
    at <- 2 / 3 * q_of(data$pay[every], w[every], .5); sum(w[here] * (data$pay[here] < at)) / sum(w[here]) }))
  # Men and women: svyby with covariance, svycontrast
  both <- table(sub$variables$sex[weights(sub) > 0])
  if (length(both) == 2) {
    m <- svyby(~pay, ~sex, sub, svymean, covmat = TRUE)
    least <- min(both)
    df <- min(degf(subset(sub, sex == "M")), degf(subset(sub, sex == "F")))
    for (one in list(list("difference", quote(M - F)), list("relative_gap", quote((M - F) / M)), list("quotient", quote(M / F)))) {
      c1 <- svycontrast(m, one[[2]]); put(one[[1]], g, coef(c1), SE(c1), least, df) }
    r <- svyby(~u, ~sex, denominator = ~l, design = sub, FUN = svyratio, covmat = TRUE)
    if (all(is.finite(coef(r)))) { names(r)[2] <- "u"; cf <- coef(r)
      V <- vcov(r); dd <- c(1, -1); dd <- if (names(cf)[1] == "F" || grepl("^F", names(cf)[1])) c(-1, 1) else c(1, -1)
      put("rate_difference", g, sum(dd * cf), sqrt(as.numeric(t(dd) %*% V %*% dd)), NA, NA) }
    # Factor-weighted gap: weights of women in groups of edu that have both sexes
    fw <- function(w) { num <- 0; den <- 0
      for (e in 0:2) { i <- here & d$edu == e & d$sex == "M"; j <- here & d$edu == e & d$sex == "F"
        if (sum(W[i] > 0) > 0 && sum(W[j] > 0) > 0) { mi <- sum((w * y)[i]) / sum(w[i]); mj <- sum((w * y)[j]) / sum(w[j])
          num <- num + sum(w[j]) * (1 - mj / mi); den <- den + sum(w[j]) } }
      num / den }
    z <- sapply(seq_along(W), function(i) { e <- 1e-4; up <- W; up[i] <- up[i] + e; dn <- W; dn[i] <- dn[i] - e; (fw(up) - fw(dn)) / (2 * e) })
    z[W == 0] <- 0
    put("factor_gap", g, fw(W), total_se(z), NA, NA, NA, NA, jk(function(w, data) fw(w)))
    plain <- function(w) { .5 * sum(sapply(0:3, function(o) abs(
      sum(w[here & d$occ == o & d$sex == "M"]) / sum(w[here & d$sex == "M"]) -
      sum(w[here & d$occ == o & d$sex == "F"]) / sum(w[here & d$sex == "F"])))) }
    z <- sapply(seq_along(W), function(i) { e <- 1e-4; up <- W; up[i] <- up[i] + e; dn <- W; dn[i] <- dn[i] - e; (plain(up) - plain(dn)) / (2 * e) })
    D <- 0
    for (o in 0:3) { # Allen et al. (2015), section 4
      mm <- svyby(~I(as.numeric(occ == o)), ~sex, sub, svymean, covmat = TRUE)
      con <- svycontrast(mm, quote(M - F)); dk <- abs(coef(con)); sk <- as.numeric(SE(con))
      t <- as.numeric(dk / sk)
      D <- D + if (t <= 1) 0 else sk * optimize(function(h) dnorm(t - h) + dnorm(t + h), c(0, t + 1), maximum = TRUE, tol = 1e-12)$maximum }
    put("dissimilarity", g, D / 2, total_se(z), NA, NA, NA, NA, jk(function(w, data) plain(w)))
  }
  # Shares of the groups of occ, people and pay
  for (o in 0:3) {
    s <- svymean(~I(as.numeric(occ == o)), sub); put(paste0("share", o), g, coef(s), SE(s), n, k)
    sub$variables$part <- sub$variables$pay * (sub$variables$occ == o)
    s <- svyratio(~part, ~pay, sub); put(paste0("bill", o), g, coef(s), SE(s), n, k)
  }
}
write.csv(d[c("stratum", "psu", "weight", "group", "sex", "pay", "u", "l", "edu", "occ")],
          file.path(folder, "distributions.csv"), row.names = FALSE, na = "")
write_json(list(survey = as.character(packageVersion("survey")), rows = out),
           file.path(folder, "distributions.json"), digits = I(17), auto_unbox = TRUE, na = "null")

# Makes distributions.json: quantiles, Gini, low pay, gaps, shares and dissimilarity of the sample of
# tests/golden/estimate with calibrated weights.
#   Rscript tests/golden/calibration/make_distributions.R      (from the repository's root)
# As make_distributions.R there, on a design that R's calibrate raked to education by sex and to l.
suppressMessages({library(survey); library(jsonlite)})
folder <- "tests/golden/calibration"
d <- read.csv("tests/golden/estimate/sample.csv")
d$weight[d$weight == 0] <- 11.5
d <- d[!(d$stratum %in% c("S01", "S02")), ]
answers <- !is.na(d$y)
d$pay <- ifelse(answers, 100 + 40 * d$x, 0)
d$edu <- (seq_len(nrow(d)) * 7) %% 3
d$occ <- (seq_len(nrow(d)) * 5) %% 4
options(survey.lonely.psu = "fail")
des <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = d, nest = TRUE)
margin <- factor(paste0(d$edu, d$sex)); des$variables$margin <- margin
totals <- tapply(d$weight, margin, sum) * c(1.2, .9, 1.05, 1.1, .85, 1)
force <- sum(d$weight * d$l) * sum(totals) / sum(d$weight) * 1.03
population <- c(`(Intercept)` = sum(totals), setNames(totals[-1], paste0("margin", names(totals)[-1])), l = force)
des <- calibrate(des, ~margin + l, population, calfun = "raking", epsilon = 1e-13, maxit = 1000)
out <- list()
put <- function(statistic, group, value, se, n, df, low = NA, high = NA)
  out[[length(out) + 1]] <<- list(statistic = statistic, group = group, value = as.numeric(value),
    se = as.numeric(se), n = n, df = df, low = as.numeric(low), high = as.numeric(high))
total_se <- function(z, design = des) if (all(is.finite(z))) as.numeric(SE(svytotal(z, design))) else NA
q_of <- function(y, w, p) { k <- w > 0; y <- y[k]; w <- w[k]; o <- order(y)
  y[o][which(cumsum(w[o]) >= p * sum(w) * (1 - 1e-12))[1]] }
expit <- function(v) 1 / (1 + exp(-v)); logit <- function(p) log(p / (1 - p))

woodruff <- function(sub, p) {
  y <- sub$variables$pay; w <- weights(sub); q <- q_of(y, w, p)
  s <- as.numeric(SE(svymean(as.numeric(y <= q), sub)))
  t <- qt(0.975, degf(sub)); half <- t * s / (p * (1 - p))
  ends <- expit(logit(p) + c(-half, half))
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

answered <- subset(des, answers)
W <- weights(des)
whole <- woodruff(answered, 0.5)
for (g in c("all", "a", "b", "c", "d")) {
  sub <- if (g == "all") answered else subset(answered, group == g)
  here <- answers & (g == "all" | d$group == g)
  n <- sum(here & W > 0); k <- degf(sub)
  y <- ifelse(here, d$pay, 0)
  if (k < 1) next
  for (p in c(0.1, 0.5, 0.9)) { q <- woodruff(sub, p); put(paste0("q", p * 100), g, q$value, q$se, n, k, q$low, q$high) }
  gi <- gini_z(y, W, here)
  ci <- expit(logit(gi$value) + c(-1, 1) * qt(.975, k) * total_se(gi$z) / (gi$value * (1 - gi$value)))
  put("gini", g, gi$value, total_se(gi$z), n, k, ci[1], ci[2])
  # D9/D1: Deville (1999), the slopes of the inverse distribution between Woodruff's ends
  q9 <- woodruff(sub, .9); q1 <- woodruff(sub, .1); N <- sum(W[here])
  z <- ifelse(here, -(q9$slope * ((d$pay <= q9$value) - .9) / q1$value - q9$value / q1$value^2 * q1$slope * ((d$pay <= q1$value) - .1)) / N, 0)
  v <- q9$value / q1$value; s <- total_se(z); f <- exp(qt(.975, k) * s / v)
  put("d9d1", g, v, s, n, k, v / f, v * f)
  # Low pay below 2/3 of the median of everyone: Osier (2009), section 4.1
  line <- 2 / 3 * whole$value
  P <- sum(W[here] * (d$pay[here] < line)) / N
  share <- function(at) sum(W[here] * (d$pay[here] < at)) / N
  moved <- (share(2 / 3 * whole$high) - share(2 / 3 * whole$low)) / whole$span
  every <- answers; A <- sum(W[every])
  z <- ifelse(here, (d$pay < line) - P, 0) / N - moved * ifelse(every, (d$pay <= whole$value) - .5, 0) / A
  z[is.na(z)] <- 0
  if (P > 0) put("low", g, P, total_se(z), n, k)
  # Men and women: svyby with covariance, svycontrast
  both <- table(sub$variables$sex[weights(sub) > 0])
  if (length(both) == 2) {
    # svyby has no covariances on a calibrated design: each mean is linearised and given to svytotal
    of <- function(num, den, sex) { k <- here & d$sex == sex; R <- sum((W * num)[k]) / sum((W * den)[k])
      list(value = R, z = ifelse(k, (num - R * den) / sum((W * den)[k]), 0)) }
    least <- min(both); ones <- rep(1, nrow(d))
    df <- min(degf(subset(sub, sex == "M")), degf(subset(sub, sex == "F")))
    m <- of(d$pay, ones, "M"); f <- of(d$pay, ones, "F")
    put("difference", g, m$value - f$value, total_se(m$z - f$z), least, df)
    put("relative_gap", g, 1 - f$value / m$value, total_se(f$value / m$value^2 * m$z - f$z / m$value), least, df)
    put("quotient", g, m$value / f$value, total_se(m$z / f$value - m$value / f$value^2 * f$z), least, df)
    m <- of(d$u, d$l, "M"); f <- of(d$u, d$l, "F")
    if (is.finite(m$value - f$value)) put("rate_difference", g, m$value - f$value, total_se(m$z - f$z), NA, NA)
    # Factor-weighted gap: weights of women in groups of edu that have both sexes
    fw <- function(w) { num <- 0; den <- 0
      for (e in 0:2) { i <- here & d$edu == e & d$sex == "M"; j <- here & d$edu == e & d$sex == "F"
        if (sum(W[i] > 0) > 0 && sum(W[j] > 0) > 0) { mi <- sum((w * y)[i]) / sum(w[i]); mj <- sum((w * y)[j]) / sum(w[j])
          num <- num + sum(w[j]) * (1 - mj / mi); den <- den + sum(w[j]) } }
      num / den }
    z <- sapply(seq_along(W), function(i) { e <- 1e-4; up <- W; up[i] <- up[i] + e; dn <- W; dn[i] <- dn[i] - e; (fw(up) - fw(dn)) / (2 * e) })
    z[W == 0] <- 0
    put("factor_gap", g, fw(W), total_se(z), NA, NA)
    plain <- function(w) { .5 * sum(sapply(0:3, function(o) abs(
      sum(w[here & d$occ == o & d$sex == "M"]) / sum(w[here & d$sex == "M"]) -
      sum(w[here & d$occ == o & d$sex == "F"]) / sum(w[here & d$sex == "F"])))) }
    z <- sapply(seq_along(W), function(i) { e <- 1e-4; up <- W; up[i] <- up[i] + e; dn <- W; dn[i] <- dn[i] - e; (plain(up) - plain(dn)) / (2 * e) })
    D <- 0
    for (o in 0:3) { # Allen et al. (2015), section 4
      m <- of(as.numeric(d$occ == o), ones, "M"); f <- of(as.numeric(d$occ == o), ones, "F")
      dk <- abs(m$value - f$value); sk <- total_se(m$z - f$z)
      t <- as.numeric(dk / sk)
      D <- D + if (t <= 1) 0 else sk * optimize(function(h) dnorm(t - h) + dnorm(t + h), c(0, t + 1), maximum = TRUE, tol = 1e-12)$maximum }
    put("dissimilarity", g, D / 2, total_se(z), NA, NA)
  }
  # Shares of the groups of occ, people and pay
  for (o in 0:3) {
    s <- svymean(~I(as.numeric(occ == o)), sub); put(paste0("share", o), g, coef(s), SE(s), n, k)
    sub$variables$part <- sub$variables$pay * (sub$variables$occ == o)
    s <- svyratio(~part, ~pay, sub); put(paste0("bill", o), g, coef(s), SE(s), n, k)
  }
}
d$pay[!answers] <- NA
write.csv(d[c("stratum", "psu", "weight", "group", "sex", "pay", "u", "l", "edu", "occ")],
          file.path(folder, "distributions.csv"), row.names = FALSE, na = "")
write_json(list(survey = as.character(packageVersion("survey")), totals = as.list(totals), force = force, rows = out),
           file.path(folder, "distributions.json"), digits = I(17), auto_unbox = TRUE, na = "null")

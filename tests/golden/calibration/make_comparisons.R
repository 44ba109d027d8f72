# Makes comparisons.json: differences of the sexes, changes between two waves with PSUs in common, and
# a year pooled from both, of waves that were each calibrated.
#   Rscript tests/golden/calibration/make_comparisons.R      (from the repository's root)
# The data are waves.csv of tests/golden/estimate. Waves with the same PSUs are stacked in one design
# and calibrated to margins by wave, which is each for itself. svyby has no covariances on a calibrated
# design: what is compared is linearised and given to svytotal. Waves with some PSUs in common: two
# variances of survey, and the covariance of the residuals as in Tam (1984) written out.
suppressMessages({library(survey); library(jsonlite)})
folder <- "tests/golden/calibration"
d <- read.csv("tests/golden/estimate/waves.csv")
d$weight[d$weight == 0] <- 11.5
options(survey.lonely.psu = "certainty")
d$margin <- paste0(d$wave, d$sex, d$l)
by <- tapply(d$weight, d$margin, sum) * rep(c(1.1, .9, 1.2, 1.05), 3)
amounts <- tapply(d$weight * d$x, d$wave, sum) * c(1.06, 1.02, 1.09)
make <- function(data, fpc, part = 1) {
  data$weight <- data$weight * part; data$cell <- factor(data$margin)
  for (w in unique(data$wave)) data[[paste0("x", w)]] <- data$x * (data$wave == w)
  des <- if (fpc) svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, fpc = ~total_psus, data = data, nest = TRUE) else
    svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = data, nest = TRUE)
  waves <- unique(data$wave); t <- by[levels(data$cell)] * part
  pop <- c(t, amounts[as.character(waves)] * part); names(pop) <- c(paste0("cell", names(t)), paste0("x", waves))
  calibrate(des, as.formula(paste("~ 0 + cell +", paste0("x", waves, collapse = " + "))), pop, epsilon = 1e-13, calfun = "raking", maxit = 1000)
}
out <- list()
put <- function(kind, fpc, statistic, group, value, se, cov = NA) out[[length(out) + 1]] <<- list(kind = kind,
  fpc = fpc, statistic = statistic, group = group, value = as.numeric(value), se = as.numeric(se), covariance = as.numeric(cov))
move <- function(des, statistic, here) { data <- des$variables; w <- weights(des); y <- data$y; x <- rep(1, nrow(data))
  if (statistic == "total") return(list(value = sum((w * data$x * data$u)[here]), z = ifelse(here, data$x * data$u, 0)))
  if (statistic == "rate") { y <- data$u; here <- here & data$l == 1 }
  if (statistic == "ratio") x <- data$x
  R <- sum((w * y)[here]) / sum((w * x)[here]); list(value = R, z = ifelse(here, (y - R * x) / sum((w * x)[here]), 0)) }
error <- function(z, des) as.numeric(SE(svytotal(z, des)))
contrast <- function(kind, fpc, s, g, des, one, other) { a <- move(des, s, one); b <- move(des, s, other)
  v <- error(a$z - b$z, des); put(kind, fpc, s, g, a$value - b$value, v, (error(a$z, des)^2 + error(b$z, des)^2 - v^2) / 2) }
left <- function(z, des) { data <- des$variables; X <- cbind(model.matrix(~ 0 + cell, data), data$x); w <- data$weight
  B <- solve(crossprod(X * w, X), crossprod(X * w, z)); as.numeric(weights(des) * (z - X %*% B)) }
for (fpc in c(FALSE, TRUE)) {
  one <- d[d$wave == 1, ]; second <- d[d$wave == 2, ]; partial <- d[d$wave == 3, ]
  des <- make(one, fpc); both <- rbind(one, second); stacked <- make(both, fpc); pool <- make(both, fpc, .5)
  last <- make(partial, fpc)
  for (g in c("all", "a", "b")) {
    for (s in c("total", "mean", "rate", "ratio")) {
      here <- g == "all" | one$group == g
      contrast("sexes", fpc, s, g, des, here & one$sex == "M", here & one$sex == "F")
      here <- g == "all" | both$group == g
      contrast("same", fpc, s, g, stacked, here & both$wave == 2, here & both$wave == 1)
      a <- move(des, s, g == "all" | one$group == g); b <- move(last, s, g == "all" | partial$group == g)
      z1 <- left(a$z, des); z2 <- left(b$z, last); cov <- 0
      for (h in unique(one$stratum)) {
        i <- one$stratum == h; j <- partial$stratum == h
        p <- tapply(z1[i], one$psu[i], sum); q <- tapply(z2[j], partial$psu[j], sum)
        common <- intersect(names(p), names(q)); k <- length(common)
        if (k > 1) { N <- one$total_psus[i][1]; f <- if (fpc) 1 - length(p) * length(q) / (k * N) else 1
          cov <- cov + f * k / (k - 1) * sum((p[common] - mean(p[common])) * (q[common] - mean(q[common]))) } }
      put("some", fpc, s, g, b$value - a$value, sqrt(error(a$z, des)^2 + error(b$z, last)^2 - 2 * cov), cov) }
    here <- g == "all" | both$group == g
    for (s in c("total", "mean")) { m <- move(pool, s, here); put("pooled", fpc, s, g, m$value, error(m$z, pool)) } }
}
write_json(list(survey = as.character(packageVersion("survey")), by = as.list(by), amounts = as.list(amounts), rows = out),
           file.path(folder, "comparisons.json"), digits = I(17), auto_unbox = TRUE, na = "null")

# Makes level.json: the local level with a known sampling variance, a slope drawn from N(0, tau2)
# and, in some series, a change of classification, filtered wave by wave.
#   Rscript tests/golden/outlook/make_level.R      (from the repository's root)
# Kalman's recursion written out for irregular years (Harvey 1989, section 3.2): the first wave
# starts the level, which is the exact diffuse start; the offset of the old classification gets a
# variance of 1e7, which is as good as diffuse to the 1e-6 that the test asks of those series.
# A second witness where years are regular, nothing is missing and no slope is asked for:
# stats::KalmanRun (R's own filter, in C).
suppressMessages(library(jsonlite))
set.seed(20261127)
years <- c(2007, 2010, 2011, 2013, 2018, 2019, 2020, 2023)
filtered <- function(y, v, year, old, q, tau2) {
  # state: level, slope, offset of the old classification
  seen <- which(!is.na(y)); first <- seen[1]; offset <- any(old[seen] == 1) && any(old[seen] == 0)
  a <- c(y[first], 0, 0); P <- diag(c(v[first], tau2, if (offset) 1e7 else 0))
  if (old[first] == 1 && offset) { P[1, 1] <- v[first] + 1e7; P[1, 3] <- P[3, 1] <- -1e7 }
  for (t in seq_along(y)[-seq_len(first)]) {
    step <- year[t] - year[t - 1]
    F <- matrix(c(1, 0, 0, step, 1, 0, 0, 0, 1), 3)
    a <- as.numeric(F %*% a); P <- F %*% P %*% t(F); P[1, 1] <- P[1, 1] + q * step
    if (!is.na(y[t])) {
      Z <- c(1, 0, if (offset) old[t] else 0)
      S <- as.numeric(t(Z) %*% P %*% Z) + v[t]; K <- as.numeric(P %*% Z) / S
      a <- a + K * (y[t] - sum(Z * a)); P <- P - K %*% t(as.numeric(P %*% Z)) }
  }
  list(level = a[1], slope = a[2], level_variance = P[1, 1], slope_variance = P[2, 2], covariance = P[1, 2]) }
# Restricted likelihood but for its constant, from the whole covariance of what was seen, the slope's
# part in it: Patterson and Thompson (1971) as it stands, where Cauce has the mixed-model equations.
likelihood <- function(y, v, year, old, q, tau2) {
  seen <- which(!is.na(y)); ago <- (max(years) - year)[seen]; y <- y[seen]; o <- old[seen]
  C <- diag(v[seen]) + q * outer(ago, ago, pmin) + tau2 * outer(ago, ago)
  X <- if (any(o == 1) && any(o == 0)) cbind(1, o) else matrix(1, length(y)); W <- solve(C)
  P <- W - W %*% X %*% solve(t(X) %*% W %*% X) %*% t(X) %*% W
  -.5 * (determinant(C)$modulus + determinant(t(X) %*% W %*% X)$modulus + t(y) %*% P %*% y)[1] }
cases <- list()
for (kind in c("whole", "holes", "break", "flip")) for (cell in 1:3) {
  q <- c(.001, .004, .002)[cell]; tau2 <- c(.0009, 0, .0004)[cell]; w <- length(years)
  y <- -3 + cumsum(rnorm(w, .02, .05)) + rnorm(w, 0, .05); v <- runif(w, .0005, .01)
  old <- rep(0, w)
  if (kind == "holes") y[sample(2:(w - 1), 3)] <- NA
  if (kind == "holes" && cell == 2) y[c(1, w)] <- NA
  if (kind == "break") { old[1:4] <- 1; y[old == 1] <- y[old == 1] + .4 }
  if (kind == "flip") { old[c(1:3, 5, 6)] <- 1; y[old == 1] <- y[old == 1] - .3 }
  cases[[length(cases) + 1]] <- c(list(kind = kind, q = q, tau2 = tau2, log = y, noise = v, old = old),
    filtered(y, v, years, old, q, tau2), likelihood = likelihood(y, v, years, old, q, tau2)) }
regular <- list(); for (cell in 1:3) {
  y <- -2 + cumsum(rnorm(10, 0, .04)) + rnorm(10, 0, .05)
  model <- list(T = matrix(1), Z = 1, h = .0025, V = matrix(.0016), a = 0, P = matrix(1e7), Pn = matrix(1e7))
  regular[[cell]] <- list(log = y, q = .0016, noise = .0025, level = tail(KalmanRun(y, model)$states, 1)[1, 1]) }
writeLines(toJSON(list(years = years, cases = cases, regular = regular), digits = NA, auto_unbox = TRUE, na = "null"),
  "tests/golden/outlook/level.json")

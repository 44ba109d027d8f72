# Makes leaving.json: exits from work by glm, and the mode of each occupation's effect by optimize,
# of invented cells, in base R; and replacement by the formula, spelled out person by person.
#   Rscript tests/golden/outlook/leaving/make.R      (from the repository's root)
suppressMessages(library(jsonlite))
set.seed(7)
cells <- expand.grid(age = 0:3, sex = 0:1, educ = 0:1, occ = 0:5)
u <- c(-0.8, -0.3, 0, 0.2, 0.5, 0.9)
cells$asked <- round(10 + 60 * runif(nrow(cells)) * c(5, 4, 1, 0.3, 2, 3)[cells$occ + 1])
p <- plogis(-2.6 + 0.5 * (cells$age == 3) + 0.4 * (cells$age == 0) + 0.3 * cells$sex - 0.2 * cells$educ + u[cells$occ + 1])
cells$left <- rbinom(nrow(cells), cells$asked, p)
g <- glm(cbind(left, asked - left) ~ factor(age) + sex + educ, family = binomial, data = cells,
  control = glm.control(epsilon = 1e-14, maxit = 100))
fit <- fitted(g)
score <- tapply(cells$left - cells$asked * fit, cells$occ, sum)
info <- tapply(cells$asked * fit * (1 - fit), cells$occ, sum)
tau2 <- max(0, (sum(score^2 / info) - 6) / sum(info))
eta <- predict(g)
# The mode is where the derivative crosses 0: uniroot finds it to the last digits, optimize does not.
mode <- sapply(0:5, function(o) { at <- cells$occ == o
  slope <- function(e) sum(cells$left[at] - cells$asked[at] * plogis(eta[at] + e)) - e / tau2
  uniroot(slope, c(-5, 5), tol = 1e-14)$root })
variance <- sapply(0:5, function(o) { at <- cells$occ == o; q <- plogis(eta[at] + mode[o + 1])
  1 / (sum(cells$asked[at] * q * (1 - q)) + 1 / tau2) })
employed <- array(round(1000 * runif(2 * 3 * 4)), c(2, 3, 4)); q <- matrix(c(.001, .002, .004, .008, .02, .04), 2)
omega <- array(runif(24) * 0.3, c(2, 3, 4)); mu <- matrix(runif(6) * 0.05, 2); rd <- numeric(4)
for (o in 1:4) for (s in 1:2) for (a in 1:3)
  rd[o] <- rd[o] + employed[s, a, o] * (q[s, a] + (1 - q[s, a]) * (omega[s, a, o] + mu[s, a]))
write(toJSON(list(left = cells$left, asked = cells$asked, design = unname(model.matrix(g)),
  occupation = cells$occ, beta = unname(coef(g)), covariance = unname(vcov(g)), tau2 = tau2,
  effect = mode, variance = variance, employed = employed, deaths = q, exits = omega,
  emigration = mu, replaced = rd), digits = I(17), auto_unbox = TRUE),
  "tests/golden/outlook/leaving/leaving.json")

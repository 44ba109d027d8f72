# The wind profile by an independent program, base R alone: Rscript make.R > wind.csv
# Holland (1980), equation 5, with the strongest wind in place of the pressure drop; the radius of
# strongest wind from that of 34-knot winds by root finding, not by Lambert's W.
holland <- function(r, vmax, rmax, b) { x <- (rmax / r)^b; vmax * sqrt(x * exp(1 - x)) }
gale <- 34 * 0.514444
cat("r,vmax,rmax,b,wind,gale_km,rmax_of_gales\n")
for (vmax in c(25, 45, 70)) for (rmax in c(15, 40)) for (b in c(1.1, 1.6, 2.3)) {
  far <- uniroot(function(r) holland(r, vmax, rmax, b) - gale, c(rmax, 1e5), tol = 1e-12)$root
  back <- uniroot(function(m) holland(far, vmax, m, b) - gale, c(1e-6, far * (1 - 1e-9)), tol = 1e-13)$root
  for (r in c(5, 20, 60, 250))
    cat(sprintf("%.17g,%.17g,%.17g,%.17g,%.17g,%.17g,%.17g\n", r, vmax, rmax, b, holland(r, vmax, rmax, b), far, back))
}

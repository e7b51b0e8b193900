import java.util.Arrays;
import org.ebb.embed.DifferentiableFunction;
import org.ebb.embed.Ebb;

/** A calibration host: Levenberg and Marquardt's method in Java, over a model that is a script and knows its own Jacobian. */
public class Calibration {

    static final String MODEL = """
            import math

            times = [0.5 * k for k in range(20)]
            measured = [2.5 * math.exp(-0.7 * t) + 0.3 for t in times]

            def residuals(height, rate, floor):
                return [height * math.exp(-rate * t) + floor - m for t, m in zip(times, measured)]
            """;

    /** The parameters that make the residuals smallest, from a first guess. */
    static double[] fit(DifferentiableFunction residuals, double[] guess) {
        double[] x = guess.clone();
        double damping = 1e-3;
        double[] r = residuals.outputs(x);
        for (int step = 0; step < 100 && damping < 1e12; step++) {
            double[][] jacobian = residuals.jacobian(x);
            double[] move = solve(jacobian, r, damping);
            double[] next = new double[x.length];
            Arrays.setAll(next, j -> x[j] - move[j]);
            double[] better = residuals.outputs(next);
            if (norm(better) < norm(r)) {
                boolean done = norm(r) - norm(better) < 1e-15;
                System.arraycopy(next, 0, x, 0, x.length);
                r = better;
                damping /= 10;
                if (done) {
                    break;
                }
            } else {
                damping *= 10;
            }
        }
        return x;
    }

    private static double norm(double[] r) {
        return Arrays.stream(r).map(one -> one * one).sum();
    }

    /** (J'J + damping * diag(J'J)) move = J'r, by Gauss's elimination. */
    private static double[] solve(double[][] jacobian, double[] r, double damping) {
        int n = jacobian[0].length;
        double[][] a = new double[n][n + 1];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < r.length; k++) {
                for (int j = 0; j < n; j++) {
                    a[i][j] += jacobian[k][i] * jacobian[k][j];
                }
                a[i][n] += jacobian[k][i] * r[k];
            }
            a[i][i] *= 1 + damping;
        }
        for (int i = 0; i < n; i++) {
            for (int k = i + 1; k < n; k++) {
                double factor = a[k][i] / a[i][i];
                for (int j = i; j <= n; j++) {
                    a[k][j] -= factor * a[i][j];
                }
            }
        }
        double[] x = new double[n];
        for (int i = n - 1; i >= 0; i--) {
            x[i] = a[i][n];
            for (int j = i + 1; j < n; j++) {
                x[i] -= a[i][j] * x[j];
            }
            x[i] /= a[i][i];
        }
        return x;
    }

    public static void main(String[] arguments) {
        try (Ebb ebb = Ebb.create()) {
            double[] found = fit(ebb.compile("model.ebb", MODEL).function("residuals"), new double[] {1, 1, 0});
            System.out.printf("%.6f %.6f %.6f%n", found[0], found[1], found[2]);   // prints: 2.500000 0.700000 0.300000
        }
    }
}

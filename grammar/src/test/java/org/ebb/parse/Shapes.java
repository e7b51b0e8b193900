package org.ebb.parse;

/** Program texts of any size, in the shapes that make parsers slow. */
final class Shapes {

    private Shapes() {}

    /** An ordinary looking program of about so many lines. */
    static String program(int lines) {
        String unit = """
                class Model%d(Base):
                    \"""A model with a doc string that says a little about it.\"""
                    rate = 0.01

                    def __init__(self, size, depth=2, *rest, **options):
                        super().__init__(size)
                        self.weights = [random.normal(shape=(size, size)) for _ in range(depth)]
                        self.options = {**options, "size": size, 'depth': depth}

                    def forward(self, x, train=False):
                        for i, w in enumerate(self.weights):  # layer by layer
                            x = relu(x @ w + self.bias[i]) if train else x @ w
                            if x.shape[0] > 3 and not self.options["depth"] == 2 or i %% 2 != 0:
                                x = x[:, None, 1:-1] * 2.5e-3 ** -i
                            elif x is None:
                                raise ValueError(f"layer {i!r} of {len(self.weights):>5} is {x=}")
                            else:
                                continue
                        return x

                def train%d(model, data, *, epochs=10):
                    with record as tape, open("log.txt") as log:
                        loss = sum((model.forward(x) - y) ** 2 for x, y in data)
                    try:
                        loss.backward()
                    except (ValueError, TypeError) as e:
                        print("epoch", epochs, loss, e, sep=": ")
                    finally:
                        tape.close()
                    return {k: v for k, v in model.options.items() if v}

                """;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i * 32 < lines; i++) {
            text.append(unit.formatted(i, i));
        }
        return text.toString();
    }

    static String operators(int n) {
        return "x = 1" + " + a * 2".repeat(n / 2);
    }

    static String list(int n) {
        return "x = [" + "a, ".repeat(n) + "]";
    }

    static String elifs(int n) {
        return "if a:\n  b\n" + "elif c:\n  d\n".repeat(n) + "else:\n  e\n";
    }

    static String attributes(int n) {
        return "x = a" + ".b(1)[2]".repeat(n / 3);
    }

    static String prefixes(int n) {
        return "x = " + "not ".repeat(n / 2) + "-".repeat(n / 2) + "1";
    }

    static String comparisons(int n) {
        return "x = a" + " < b".repeat(n);
    }
}

// W4 by libtorch, from C++: the step of w4.ebb without an interpreter. Prints the rows of a peer kit, or with `marks METRIC` marks.
#include <torch/torch.h>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

static double seconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

static double processor() {
    timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}

static void row(const std::string &metric, double value, const char *unit) {
    printf("libtorch\tW4\t%s\t%.6g\t%s\n", metric.c_str(), value, unit);
    fflush(stdout);
}

/// The median, the minimum and the median of processor time of nine blocks of calls, after a second of warm-up.
template <typename Step> static void report(const std::string &metric, Step step) {
    double began = seconds();
    int calls = 0;
    while (seconds() - began < 1) {
        step();
        calls++;
    }
    int repeat = std::max(1, (int) (2.0 / 9 / ((seconds() - began) / calls)));
    std::vector<double> wall, cpu;
    for (int block = 0; block < 9; block++) {
        double used = processor(), start = seconds();
        for (int k = 0; k < repeat; k++) {
            step();
        }
        wall.push_back((seconds() - start) / repeat);
        cpu.push_back((processor() - used) / repeat);
    }
    std::sort(wall.begin(), wall.end());
    std::sort(cpu.begin(), cpu.end());
    row(metric, wall[4] * 1e3, "ms");
    row(metric + " (min)", wall[0] * 1e3, "ms");
    row(metric + " (cpu)", cpu[4] * 1e3, "ms");
}

/// Runs without end and prints a line every few milliseconds, how often it ran since the last one: see `turns`.
template <typename Step> static void mark(Step step) {
    while (true) {
        int calls = 0;
        for (double start = seconds(); seconds() - start < 0.005; calls++) {
            step();
        }
        printf("%d\n", calls);
        fflush(stdout);
    }
}

int main(int count, char **arguments) {
    std::string marked = count == 3 && std::string(arguments[1]) == "marks" ? arguments[2] : "";
    torch::set_num_threads(1);
    const int64_t sizes[] = {784, 256, 128, 10};
    for (int64_t batch : {64, 512}) {
        auto x = (torch::arange(batch * 784) * 7919 % 1000).to(torch::kFloat).div(1000).reshape({batch, 784});
        auto rows = torch::arange(batch);
        auto classes = rows % 10;
        std::vector<torch::Tensor> p;
        for (int layer = 0; layer < 3; layer++) {
            auto k = torch::arange(sizes[layer] * sizes[layer + 1]);
            auto w = ((k * 31 + 17 + layer) % 101 - 50).to(torch::kFloat) / 50 / std::sqrt((double) sizes[layer]);
            p.push_back(w.reshape({sizes[layer], sizes[layer + 1]}).contiguous().set_requires_grad(true));
            p.push_back(torch::zeros({sizes[layer + 1]}).set_requires_grad(true));
        }
        torch::Tensor loss;
        auto step = [&] {
            auto h = torch::relu(torch::addmm(p[1], x, p[0]));
            h = torch::relu(torch::addmm(p[3], h, p[2]));
            loss = torch::nn::functional::cross_entropy(torch::addmm(p[5], h, p[4]), classes);
            for (auto &q : p) {
                q.mutable_grad() = torch::Tensor();
            }
            loss.backward();
            torch::NoGradGuard plain;
            for (auto &q : p) {
                q.sub_(q.grad(), 0.1);
            }
        };
        for (int k = 0; k < 21; k++) {
            step();
        }
        std::string name = "b" + std::to_string(batch) + " t1 ";
        if (marked == name + "step") {
            mark(step);
        }
        if (!marked.empty()) {
            continue;
        }
        row(name + "loss after 20 steps", loss.item<float>(), "check");
        report(name + "step", step);
    }
}

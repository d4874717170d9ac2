package io.nightshift.detect.domain.forecast;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** Lives of a resource as a share of its limit, by seconds since it began; each seed another life of its kind. */
enum Nights {
    NOISY_CONSTANT {
        @Override
        DoubleUnaryOperator of(Random random) {
            double level = 0.3 + 0.6 * random.nextDouble();
            double noise = 0.05 * random.nextDouble();
            return t -> level + noise * random.nextGaussian();
        }
    },
    DAILY_SEASON {
        @Override
        DoubleUnaryOperator of(Random random) {
            double phase = 2 * Math.PI * random.nextDouble();
            double height = 0.05 + 0.15 * random.nextDouble();
            return t -> 0.75 + height * Math.sin(2 * Math.PI * t / DAY + phase) + 0.005 * random.nextGaussian();
        }
    },
    LOG_ROTATION {
        @Override
        DoubleUnaryOperator of(Random random) {
            double period = DAY * (0.3 + 0.6 * random.nextDouble());
            double from = 0.3 + 0.3 * random.nextDouble();
            double height = 0.1 + 0.25 * random.nextDouble();
            return t -> from + height * (t % period) / period + 0.003 * random.nextGaussian();
        }
    },
    BATCH_JOBS {
        @Override
        DoubleUnaryOperator of(Random random) {
            double period = 10_800 + 36_000 * random.nextDouble();
            double length = 600 + 5_400 * random.nextDouble();
            double height = 0.1 + 0.4 * random.nextDouble();
            return t -> {
                double since = t % period;
                double held = since < length ? height * since / length : since < 1.5 * length ? height : 0;
                return 0.4 + held + 0.005 * random.nextGaussian();
            };
        }
    },
    ONE_STEP {
        @Override
        DoubleUnaryOperator of(Random random) {
            double at = DAY * (0.2 + 2 * random.nextDouble());
            double height = 0.1 + 0.3 * random.nextDouble();
            return t -> 0.5 + (t > at ? height : 0) + 0.005 * random.nextGaussian();
        }
    },
    /** A process that warms up, or a cache that fills, to a bound of its own. */
    WARM_UP {
        @Override
        DoubleUnaryOperator of(Random random) {
            double slowness = 60 * Math.exp(4 * random.nextDouble());
            double bound = 0.3 + 0.5 * random.nextDouble();
            return t -> bound * (1 - Math.exp(-t / slowness)) + 0.005 * random.nextGaussian();
        }
    },
    /** A collected heap: it only grows to its next collection, but for some unevenness, and its floor stays. */
    SAWTOOTH {
        @Override
        DoubleUnaryOperator of(Random random) {
            double period = 60 + 3_000 * random.nextDouble();
            double from = 0.2 + 0.2 * random.nextDouble();
            double height = 0.2 + 0.3 * random.nextDouble();
            return t -> from + height * (t % period) / period + 0.004 * random.nextGaussian();
        }
    };

    static final double DAY = 86_400;

    abstract DoubleUnaryOperator of(Random random);
}

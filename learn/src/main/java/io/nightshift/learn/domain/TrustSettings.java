package io.nightshift.learn.domain;

import java.time.Duration;
import java.util.List;

/**
 * What an installation chooses about trust.
 *
 * @param halfLife in which a weight fades to half; more than nothing
 * @param supervised lower bound of held outcomes that level 4 needs, above 0 and below 1
 * @param full lower bound that level 5 needs, not below {@code supervised} and below 1
 * @param shadowWeight what an agreement with a person weighs, in held outcomes, 0 to 1
 * @param drillWeight what an outcome of a fault made on purpose weighs, in outcomes of others, 0 to 1
 * @param promotionValid how long a promotion counts; more than nothing
 */
public record TrustSettings(
        Duration halfLife,
        double supervised,
        double full,
        double shadowWeight,
        double drillWeight,
        Duration promotionValid) {

    /** A harm weighs as many bad outcomes. */
    static final double HARM_WEIGHT = 3;

    public static TrustSettings usual() {
        return new TrustSettings(Duration.ofDays(90), 0.6, 0.8, 0.25, 0.25, Duration.ofDays(365));
    }

    List<Double> thresholds() {
        return List.of(supervised, full);
    }

    double halfLifeDays() {
        return halfLife.toMillis() / (double) Duration.ofDays(1).toMillis();
    }
}

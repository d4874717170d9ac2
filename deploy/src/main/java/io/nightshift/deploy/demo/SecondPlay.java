package io.nightshift.deploy.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The same fault once more, to whoever remembers the first time. Seconds are null where nothing recovered.
 *
 * @param notPlayed why not; null when it was played
 * @param quietAfterSeconds from the end of the first story until all was quiet
 * @param retrieval whether the first time was remembered; null when it was not played
 * @param firstRecoverySeconds from the fault to the last recovery that was verified, the first time
 * @param secondRecoverySeconds the same, the second time
 * @param firstPassed whether the first story ended well
 * @param secondPassed whether the second did
 * @param report of the second time; null when it was not played
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SecondPlay(
        @JsonProperty("not_played") String notPlayed,
        @JsonProperty("quiet_after_seconds") double quietAfterSeconds,
        Retrieval retrieval,
        @JsonProperty("first_recovery_seconds") Double firstRecoverySeconds,
        @JsonProperty("second_recovery_seconds") Double secondRecoverySeconds,
        @JsonProperty("first_passed") boolean firstPassed,
        @JsonProperty("second_passed") boolean secondPassed,
        DemoReport report) {

    static SecondPlay notPlayed(String why, double after, DemoReport first) {
        return new SecondPlay(why, after, null, first.recoverySeconds(), null, first.passed(), false, null);
    }

    static SecondPlay played(double quietAfter, Retrieval retrieval, DemoReport first, DemoReport second) {
        return new SecondPlay(
                null,
                quietAfter,
                retrieval,
                first.recoverySeconds(),
                second.recoverySeconds(),
                first.passed(),
                second.passed(),
                second);
    }
}

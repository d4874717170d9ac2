package io.nightshift.deploy.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the demo reports with {@code --json}; times are ISO-8601 in UTC, null for what did not happen. */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record DemoReport(
        String scenario,
        boolean passed,
        List<String> failures,
        @JsonProperty("ready_seconds") double readySeconds,
        @JsonProperty("fault_at") String faultAt,
        @JsonProperty("detected_at") String detectedAt,
        @JsonProperty("incident_at") String incidentAt,
        @JsonProperty("investigated_at") String investigatedAt,
        @JsonProperty("acted_at") String actedAt,
        @JsonProperty("recovered_at") String recoveredAt,
        @JsonProperty("root_cause") String rootCause,
        @JsonProperty("cause_class") String causeClass,
        List<ActionLine> actions,
        List<Sign> anomalies,
        int incidents,
        long collateral,
        @JsonProperty("failed_requests") long failedRequests,
        long requests,
        @JsonProperty("first_failed_at") String firstFailedAt,
        @JsonProperty("first_failed_to_recovered_seconds") Double firstFailedToRecoveredSeconds,
        @JsonProperty("p99_millis") double p99Millis,
        @JsonProperty("control_failed_requests") Long controlFailedRequests,
        String engine,
        Verdict.Told truth,
        SecondPlay second) {

    /** The same report with the failed requests of the arm without Nightshift. */
    DemoReport withControl(long failed) {
        return with(failures, failed, second);
    }

    /** The same report with what became of the same story, played once more; the first time is judged by itself. */
    DemoReport withSecond(SecondPlay play) {
        return with(failures, controlFailedRequests, play);
    }

    /** The same report with something more that is not as it should be. */
    DemoReport withFailure(String failure) {
        List<String> all = new ArrayList<>(failures);
        all.add(failure);
        return with(all, controlFailedRequests, second);
    }

    /** From the fault to the last recovery that was verified; null when none was. */
    Double recoverySeconds() {
        return faultAt == null || recoveredAt == null
                ? null
                : Duration.between(Instant.parse(faultAt), Instant.parse(recoveredAt))
                                .toMillis()
                        / 1000.0;
    }

    private DemoReport with(List<String> allFailures, Long controlFailed, SecondPlay play) {
        return new DemoReport(
                scenario,
                allFailures.isEmpty(),
                allFailures,
                readySeconds,
                faultAt,
                detectedAt,
                incidentAt,
                investigatedAt,
                actedAt,
                recoveredAt,
                rootCause,
                causeClass,
                actions,
                anomalies,
                incidents,
                collateral,
                failedRequests,
                requests,
                firstFailedAt,
                firstFailedToRecoveredSeconds,
                p99Millis,
                controlFailed,
                engine,
                truth,
                play);
    }

    /** An anomaly as it was found: the terminal tells only the first of each service. */
    public record Sign(String at, String service, String kind, String sentence) {}

    /** An action and its last status. */
    public record ActionLine(String type, String target, String status) {}
}

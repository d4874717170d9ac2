package io.nightshift.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.deploy.home.UsageException;
import io.nightshift.detect.domain.feedback.Opinion;
import io.nightshift.events.ActionKind;
import io.nightshift.events.Attribution;
import io.nightshift.learn.domain.IncidentVerdict;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nightshift feedback}. */
@Command(
        name = "feedback",
        description = {
            "Says what you think: of an incident, and Nightshift learns from it;",
            "of an anomaly, and what it is about is judged less or more sharply from then on."
        })
public final class FeedbackCommand implements Callable<Integer> {

    @Mixin
    private Home home;

    @Mixin
    private Person person;

    @Parameters(
            index = "0",
            paramLabel = "ID",
            description = "An incident or an anomaly; ./nightshift incidents and ./nightshift anomalies list them.")
    private String id;

    @Parameters(
            index = "1",
            paramLabel = "VERDICT",
            description = {
                "Of an incident, what was done or proposed: good: it was right. bad: it did harm, or would have."
                        + " false-alarm: nothing was wrong.",
                "Of an anomaly, or of an incident's foremost ones: not-a-problem: judge it less sharply."
                        + " missed: told too late or too weakly, judge it more sharply."
            })
    private String verdict;

    @Option(
            names = "--did",
            paramLabel = "ACTION",
            defaultValue = "UNKNOWN",
            description = "What you did about the incident yourself, such as ROLLING_RESTART.")
    private ActionKind did;

    @Option(
            names = "--because",
            paramLabel = "CAUSE",
            defaultValue = "UNKNOWN",
            description = "What went wrong: WRONG_DIAGNOSIS, POLICY, EXECUTION, VERIFICATION or EXTERNAL.")
    private Attribution because;

    @Option(names = "--drill", description = "The fault was made on purpose: its outcomes weigh less.")
    private boolean drill;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException, JsonProcessingException {
        Optional<IncidentVerdict> ofIncident = IncidentVerdict.of(verdict);
        Optional<Opinion> ofAnomaly = Opinion.of(verdict);
        if (ofIncident.isEmpty() && ofAnomaly.isEmpty()) {
            throw new UsageException("'" + verdict + "' is no verdict; say good, bad or false-alarm of an incident,"
                    + " not-a-problem or missed of an anomaly");
        }
        boolean more = did != ActionKind.UNKNOWN || because != Attribution.UNKNOWN || drill;
        if (ofIncident.isEmpty() && more) {
            throw new UsageException("--did, --because and --drill go with good, bad and false-alarm, of an incident");
        }
        Client client = Client.connect(home);
        Map<String, Object> told = ofIncident.isPresent()
                ? new IncidentFeedback(client, person, id, ofIncident.get(), did, because, drill, json).tell()
                : new AnomalyFeedback(client, person, id, ofAnomaly.get(), json).tell();
        if (json) {
            System.out.println(new ObjectMapper().writeValueAsString(told));
        }
        return 0;
    }
}

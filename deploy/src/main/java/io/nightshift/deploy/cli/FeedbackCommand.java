package io.nightshift.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.deploy.home.UsageException;
import io.nightshift.detect.domain.feedback.Opinion;
import io.nightshift.events.ActionKind;
import io.nightshift.events.Attribution;
import io.nightshift.learn.domain.IncidentVerdict;
import io.nightshift.schemas.ServiceKey;
import java.util.List;
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
            arity = "1..2",
            paramLabel = "[ID] VERDICT",
            description = {
                "ID: an incident or an anomaly; ./nightshift incidents and ./nightshift anomalies list them. Not with"
                        + " --metric, for what was never told has none.",
                "VERDICT of an incident, what was done or proposed: good: it was right. bad: it did harm, or would have."
                        + " false-alarm: nothing was wrong.",
                "VERDICT of an anomaly, or of an incident's foremost ones: not-a-problem: judge it less sharply."
                        + " missed: told too late, too weakly or not at all, judge it more sharply."
            })
    private List<String> words;

    @Option(
            names = "--family",
            description = "Mean the metric of the whole service, on every instance and with any attributes.")
    private boolean family;

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            description = "Without an ID: the metric of --service, on every instance and with any attributes.")
    private String metric;

    @Option(names = "--service", paramLabel = "SERVICE", description = "Its service, environment/namespace/service.")
    private String service;

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
        String verdict = words.get(words.size() - 1);
        Optional<IncidentVerdict> ofIncident = IncidentVerdict.of(verdict);
        Optional<Opinion> ofAnomaly = Opinion.of(verdict);
        if (ofIncident.isEmpty() && ofAnomaly.isEmpty()) {
            throw new UsageException("'" + verdict + "' is no verdict; say good, bad or false-alarm of an incident,"
                    + " not-a-problem or missed of an anomaly");
        }
        check(ofIncident.isPresent());
        Map<String, Object> told = ofIncident.isPresent() ? ofIncident(ofIncident.get()) : ofAnomaly(ofAnomaly.get());
        if (json) {
            System.out.println(new ObjectMapper().writeValueAsString(told));
        }
        return 0;
    }

    private void check(boolean ofIncident) {
        boolean more = did != ActionKind.UNKNOWN || because != Attribution.UNKNOWN || drill;
        if (!ofIncident && more) {
            throw new UsageException("--did, --because and --drill go with good, bad and false-alarm, of an incident");
        }
        boolean named = words.size() == 2;
        if (ofIncident && (!named || family)) {
            throw new UsageException("good, bad and false-alarm are of an incident: name its ID, and no --family");
        }
        if (named ? metric != null || service != null : metric == null || service == null) {
            throw new UsageException("name an ID, or a metric that was never told with --metric and --service");
        }
    }

    private Map<String, Object> ofIncident(IncidentVerdict verdict) throws InterruptedException {
        return new IncidentFeedback(Client.connect(home), person, words.get(0), verdict, did, because, drill, json)
                .tell();
    }

    private Map<String, Object> ofAnomaly(Opinion opinion) throws InterruptedException {
        ServiceKey of = service == null ? null : ServiceKey.parse(SteerCommands.service(service));
        Client client = Client.connect(home);
        String id = metric == null ? words.get(0) : null;
        List<Meant> meant = metric == null ? Meant.of(client, id, family) : List.of(Meant.of(client, of, metric));
        return new AnomalyFeedback(client, person, id, meant, opinion, json).tell();
    }
}

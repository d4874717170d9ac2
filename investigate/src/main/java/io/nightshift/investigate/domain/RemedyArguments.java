package io.nightshift.investigate.domain;

import io.nightshift.events.ActionKind;
import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.events.ChangeEvent;
import io.nightshift.events.ChangeKind;
import io.nightshift.events.Hypothesis;
import io.nightshift.investigate.domain.RemedyCatalogue.Remedy;
import io.nightshift.investigate.domain.measure.SignKind;
import io.nightshift.runtime.inventory.InventoryService;
import io.nightshift.schemas.ServiceKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a remedy needs to know, from evidence and inventory: which release, flag, certificate or cache. Evidence is somebody
 * else's text, so what goes to a target must look like an identifier; where nothing does, the remedy has an impediment.
 */
final class RemedyArguments {

    /** Nothing that a command could take for an option, a path or a second word. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+:-]{0,63}");

    private static final List<String> FLAG = List.of("flag", "feature_flag.key", "feature_flag", "feature");
    private static final List<String> FLAG_STATE =
            List.of("state", "feature_flag.result.variant", "feature_flag.variant", "variant", "enabled");
    private static final Set<String> OFF = Set.of("off", "false", "disabled", "0", "no");
    private static final List<String> CERTIFICATE =
            List.of("certificate.name", "certificate", "cert.name", "cert", "subject_cn", "common_name", "cn", "name");
    private static final List<String> CACHE = List.of("cache.name", "cache_name", "cache", "name");

    /** Freeing a disk goes by a rule that the operator declared; evidence names none. */
    private static final String DEFAULT_RULE = "default";

    /**
     * What was found.
     *
     * @param arguments by name
     * @param change the change that the remedy takes back, or empty
     * @param impediment why the remedy is out of the question; empty when it is not
     */
    record Found(Map<String, String> arguments, Optional<ChangeEvent> change, String impediment) {

        private static Found of(Map<String, String> arguments) {
            return new Found(arguments, Optional.empty(), "");
        }

        private static Found of(Map<String, String> arguments, ChangeEvent change) {
            return new Found(arguments, Optional.of(change), "");
        }

        private static Found none(String impediment) {
            return new Found(Map.of(), Optional.empty(), impediment);
        }
    }

    private final Case subject;
    private final Hypothesis best;
    private final InventoryService service;
    private final Instant onset;

    RemedyArguments(Case subject, Hypothesis best, InventoryService service, Instant onset) {
        this.subject = subject;
        this.best = best;
        this.service = service;
        this.onset = onset;
    }

    Found of(ActionKind action) {
        return switch (action) {
            case PLAYBOOK -> playbook();
            case ROLL_BACK_RELEASE -> release();
            case DISABLE_FLAG -> flag(true);
            case ENABLE_FLAG -> flag(false);
            case ROTATE_CERTIFICATE -> named("certificate", SignKind.CERTIFICATE, CERTIFICATE);
            case CLEAR_CACHE -> named("cache", SignKind.CACHE, CACHE);
            case FREE_DISK -> Found.of(Map.of("rule", DEFAULT_RULE));
            case SCALE -> oneMore();
            case DRAIN ->
                one().isEmpty() || service.instances().size() < 2
                        ? Found.none("no instance alone is to blame, with others to do its work")
                        : Found.of(Map.of());
            case FAIL_OVER -> failOver();
            default -> Found.of(Map.of());
        };
    }

    /** The one declared instance that is to blame alone; an instance that the inventory does not know is not acted on. */
    Optional<String> one() {
        return Optional.ofNullable(best.getInstance()).filter(service.instances()::contains);
    }

    /** The playbook's name, and all that its steps may need of what evidence tells about the other remedies. */
    private Found playbook() {
        Map<String, String> arguments = new HashMap<>();
        Optional<ChangeEvent> change = Optional.empty();
        for (Remedy bare : RemedyCatalogue.against(best.getCauseClass())) {
            Found found = of(bare.action());
            if (bare.action() != ActionKind.FREE_DISK && found.impediment().isEmpty()) {
                found.arguments().forEach(arguments::putIfAbsent);
                change = change.or(found::change);
            }
        }
        arguments.put("playbook", service.playbooks().get(best.getCauseClass()));
        return new Found(arguments, change, "");
    }

    private Found release() {
        Optional<ChangeEvent> release = ChangeReview.release(subject.changes(), service.id(), onset);
        if (release.isEmpty()) {
            return Found.none("no release of this service preceded the trouble");
        }
        String back = release.get().getPreviousVersion();
        String from = release.get().getVersion();
        if (!isWord(back)) {
            return Found.none("the change event names no usable release to return to");
        }
        Map<String, String> versions =
                isWord(from) ? Map.of("version", back, "fromVersion", from) : Map.of("version", back);
        return Found.of(versions, release.get());
    }

    private Found flag(boolean turnedOn) {
        Optional<ChangeEvent> change = ChangeReview.configuration(subject.changes(), service.id(), onset)
                .filter(one -> one.getKind() == ChangeKind.FEATURE_FLAG);
        if (change.isEmpty()) {
            return Found.none("no flag of this service was changed before the trouble");
        }
        Optional<String> flag = first(change.get().getAttributes(), FLAG);
        if (flag.isEmpty()) {
            return Found.none("the change event names no usable flag");
        }
        boolean isOn = first(change.get().getAttributes(), FLAG_STATE)
                .map(state -> !OFF.contains(state.toLowerCase(Locale.ROOT)))
                .orElse(true);
        return isOn == turnedOn
                ? Found.of(Map.of("flag", flag.get()), change.get())
                : Found.none("the flag was turned " + (isOn ? "on" : "off"));
    }

    /** What an unusual series of this kind on the service is about, by its attributes. */
    private Found named(String argument, SignKind kind, List<String> keys) {
        return subject.anomalies().stream()
                .filter(anomaly -> anomaly.getPhase() != AnomalyPhase.CLEAR && SignReading.kindOf(anomaly) == kind)
                .filter(anomaly ->
                        ServiceKey.of(anomaly.getSubject()).toString().equals(service.id()))
                .flatMap(anomaly -> first(attributes(anomaly), keys).stream())
                .findFirst()
                .map(name -> Found.of(Map.of(argument, name)))
                .orElseGet(() -> Found.none("no evidence names a usable " + argument));
    }

    private Found oneMore() {
        int now = service.instances().size();
        if (service.managedBy().contains(InventoryService.AUTOSCALER)) {
            return Found.none("a controller sets how many instances there are; change its bounds");
        }
        return now == 0
                ? Found.none("the inventory declares no instances")
                : Found.of(Map.of("from", String.valueOf(now), "to", String.valueOf(now + 1)));
    }

    private Found failOver() {
        if (one().isEmpty()) {
            return Found.none("no instance alone is to blame");
        }
        return service.instances().stream()
                .filter(other -> !other.equals(best.getInstance()) && isWell(other) && isWord(other))
                .findFirst()
                .map(other -> Found.of(Map.of("to", other)))
                .orElseGet(() -> Found.none("no other instance is well"));
    }

    private boolean isWell(String instance) {
        return subject.anomalies().stream()
                .filter(anomaly -> anomaly.getPhase() != AnomalyPhase.CLEAR)
                .noneMatch(anomaly -> instance.equals(anomaly.getSubject().getInstance()));
    }

    private static Map<String, String> attributes(Anomaly anomaly) {
        return anomaly.getForecast() != null
                ? anomaly.getForecast().getAttributes()
                : anomaly.getMetric() == null ? Map.of() : anomaly.getMetric().getAttributes();
    }

    /** The value of the first of the keys, in whatever case, whose value can be used. */
    private static Optional<String> first(Map<String, String> attributes, List<String> keys) {
        Map<String, String> byKey = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byKey.putAll(attributes);
        return keys.stream().map(byKey::get).filter(RemedyArguments::isWord).findFirst();
    }

    private static boolean isWord(String text) {
        return text != null && WORD.matcher(text).matches();
    }
}

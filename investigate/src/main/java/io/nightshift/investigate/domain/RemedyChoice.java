package io.nightshift.investigate.domain;

import io.nightshift.events.ActionKind;
import io.nightshift.events.Alternative;
import io.nightshift.events.Claim;
import io.nightshift.events.Hypothesis;
import io.nightshift.events.Lesson;
import io.nightshift.events.LessonCitation;
import io.nightshift.events.Proposal;
import io.nightshift.investigate.domain.RemedyCatalogue.Remedy;
import io.nightshift.runtime.inventory.InventoryService;
import io.nightshift.runtime.inventory.ServiceClasses;
import io.nightshift.runtime.inventory.TargetSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses what to propose against the best hypothesis: the remedy of the catalogue that is most likely to hold, lessons
 * counted, on a target of the inventory; or nothing, with the reason.
 */
public final class RemedyChoice {

    /** Actions that are taken on the one instance that is to blame, where it is one alone. */
    private static final Set<ActionKind> ON_ONE = EnumSet.of(
            ActionKind.ROLLING_RESTART,
            ActionKind.DRAIN,
            ActionKind.FAIL_OVER,
            ActionKind.FREE_DISK,
            ActionKind.PLAYBOOK);

    private static final String UNDECLARED = "the inventory declares no command for it on this service";
    private static final double HALF_AS_LIKELY = 0.5;

    private record Option(Remedy remedy, LessonWeight weight, RemedyArguments.Found found) {}

    private final Case subject;
    private final Ranking ranking;
    private final Hypothesis best;
    private final double threshold;
    private final Optional<ActionKind> preferred;

    private RemedyChoice(
            Case subject, Ranking ranking, Hypothesis best, double threshold, Optional<ActionKind> preferred) {
        this.subject = subject;
        this.ranking = ranking;
        this.best = best;
        this.threshold = threshold;
        this.preferred = preferred;
    }

    /**
     * @param best hypothesis to act on, from the ranking or from a model
     * @param threshold confidence below which nothing is proposed, 0 to 1
     */
    public static Answer choose(Case subject, Ranking ranking, Hypothesis best, double threshold) {
        return choose(subject, ranking, best, threshold, Optional.empty());
    }

    /**
     * @param preferred kind of action that is taken where it may help at least half as likely as the best one; lessons that
     *     speak against it go on counting
     */
    public static Answer choose(
            Case subject, Ranking ranking, Hypothesis best, double threshold, Optional<ActionKind> preferred) {
        return new RemedyChoice(subject, ranking, best, threshold, preferred).answer();
    }

    private Answer answer() {
        List<Alternative> considered = new ArrayList<>(Refusals.of(subject, ranking, best));
        Optional<String> objection = objection();
        if (objection.isPresent()) {
            return Answer.none(objection.get(), considered);
        }
        InventoryService target = subject.inventory().service(best.getService()).orElseThrow();
        List<Option> options = new ArrayList<>();
        List<LessonWeight.Weighed> lessons = new LessonFit(
                        subject.fingerprint(),
                        best.getCauseClass(),
                        best.getService(),
                        new ServiceClasses(subject.inventory()))
                .of(subject.lessons());
        RemedyArguments evidence = new RemedyArguments(subject, best, target, ranking.symptomOnset());
        for (Remedy remedy : RemedyCatalogue.against(best.getCauseClass(), target)) {
            RemedyArguments.Found found = evidence.of(remedy.action());
            String impediment = isDeclared(remedy, target) ? found.impediment() : UNDECLARED;
            if (impediment.isEmpty()) {
                options.add(new Option(remedy, LessonWeight.of(remedy, lessons), found));
            } else {
                considered.add(new Alternative(words(remedy), impediment));
            }
        }
        options.sort(
                Comparator.comparingDouble((Option option) -> option.weight().worth())
                        .reversed());
        if (options.isEmpty()) {
            return Answer.none(
                    "the catalogue holds no remedy against this cause that " + SignWords.shortName(best.getService())
                            + " supports",
                    considered);
        }
        Option chosen = chosen(options);
        options.stream().filter(option -> option != chosen).forEach(other -> considered.add(refused(other, chosen)));
        return new Answer(Optional.of(proposal(chosen, options)), "", considered, citations(chosen, options));
    }

    private Option chosen(List<Option> options) {
        Option first = options.get(0);
        return options.stream()
                .filter(option -> preferred.equals(Optional.of(option.remedy().action())))
                .filter(option -> option.weight().worth() >= first.weight().worth() * HALF_AS_LIKELY)
                .findFirst()
                .orElse(first);
    }

    private Optional<String> objection() {
        if (RemedyCatalogue.NOTHING_TO_DO.contains(best.getCauseClass())) {
            return Optional.of(
                    switch (best.getCauseClass()) {
                        case EXTERNAL -> "the cause lies outside of what can be acted on here";
                        case TRAFFIC_SURGE -> "more load is no fault of a service; a restart would make it worse";
                        case NO_CULPRIT -> "no service stands out as the cause";
                        default -> "the evidence does not name the kind of cause";
                    });
        }
        if (best.getConfidence() < threshold) {
            return Optional.of(SignWords.format(
                    "confidence %.2f is below the %.2f that a proposal needs", best.getConfidence(), threshold));
        }
        if (subject.inventory().service(best.getService()).isEmpty()) {
            return Optional.of(SignWords.shortName(best.getService()) + " is not in the inventory");
        }
        return Optional.empty();
    }

    /** A playbook is made of other actions; whether the target declares those is for remediate to see. */
    private boolean isDeclared(Remedy remedy, InventoryService target) {
        return subject.inventory()
                .targetOf(target)
                .filter(spec -> remedy.action() == ActionKind.PLAYBOOK || supports(spec, remedy.action()))
                .isPresent();
    }

    private static boolean supports(TargetSpec spec, ActionKind action) {
        return spec.actions().containsKey(action)
                || action == ActionKind.ROLLING_RESTART && spec.actions().containsKey(ActionKind.RESTART);
    }

    private Proposal proposal(Option chosen, List<Option> options) {
        List<String> evidence = new ArrayList<>();
        best.getEvidenceFor().stream().map(Claim::getEvidenceIds).forEach(evidence::addAll);
        chosen.found()
                .change()
                .ifPresent(change -> evidence.addAll(subject.citations().of(Citations.change(change))));
        options.forEach(option -> option.weight()
                .lessons()
                .forEach(lesson -> evidence.addAll(subject.citations().of(Citations.lesson(lesson)))));
        return new Proposal(
                chosen.remedy().action(),
                best.getService(),
                ON_ONE.contains(chosen.remedy().action()) ? declared(best.getInstance()) : List.of(),
                chosen.found().arguments(),
                best.getCauseClass(),
                best.getConfidence(),
                rationale(chosen, options),
                evidence.stream().distinct().toList(),
                "");
    }

    /** An instance that the inventory does not know is not acted on by name; the declared ones are. */
    private List<String> declared(String instance) {
        return subject.inventory()
                .service(best.getService())
                .filter(service -> instance != null && service.instances().contains(instance))
                .map(service -> List.of(instance))
                .orElse(List.of());
    }

    private String rationale(Option chosen, List<Option> options) {
        StringBuilder text = new StringBuilder(
                words(chosen.remedy()) + ": it " + chosen.remedy().why() + ".");
        foretold().ifPresent(foretold -> text.append(" Nobody suffers yet: ")
                .append(foretold.words())
                .append(" unless something is done."));
        chosen.found().change().ifPresent(change -> text.append(" ")
                .append(ChangeReview.words(change))
                .append(" preceded the trouble")
                .append(change.getPreviousVersion() == null ? "" : "; before it ran ")
                .append(Quoted.name(change.getPreviousVersion()))
                .append("."));
        options.stream()
                .filter(option -> option != chosen
                        && option.remedy().prior() > chosen.remedy().prior())
                .filter(option -> !option.weight().lessons().isEmpty())
                .forEach(option -> text.append(" ")
                        .append(words(option.remedy()))
                        .append(" would come first, but ")
                        .append(record(option.weight().lessons()))
                        .append("."));
        return text.toString();
    }

    /** The forecast that the proposal is to prevent from coming true, if it is one. */
    private Optional<Foretold> foretold() {
        return Foretold.coming(subject).stream()
                .filter(one ->
                        one.cause() == best.getCauseClass() && one.service().equals(best.getService()))
                .findFirst();
    }

    private Alternative refused(Option option, Option chosen) {
        if (option.weight().worth() > chosen.weight().worth()) {
            return new Alternative(
                    words(option.remedy()), "the model, which passed an evaluation, prefers " + words(chosen.remedy()));
        }
        String lessons = option.weight().lessons().isEmpty()
                ? ""
                : "; " + record(option.weight().lessons());
        String why = option.remedy().prior() > chosen.remedy().prior()
                ? "lessons speak against it" + lessons
                : SignWords.format(
                        "kept as the next step: %s is likelier to hold (%.2f against %.2f)%s",
                        words(chosen.remedy()),
                        chosen.weight().worth(),
                        option.weight().worth(),
                        lessons);
        return new Alternative(words(option.remedy()), why);
    }

    private List<LessonCitation> citations(Option chosen, List<Option> options) {
        List<LessonCitation> citations = new ArrayList<>();
        for (Option option : options) {
            double shift = option.weight().worth() - option.remedy().prior();
            String effect = SignWords.format(
                    "%s %s from %.2f to %.2f%s",
                    shift >= 0 ? "raised" : "lowered",
                    words(option.remedy()),
                    option.remedy().prior(),
                    option.weight().worth(),
                    option == chosen ? ", which is proposed" : ", which is not proposed");
            for (Lesson lesson : option.weight().lessons()) {
                String elsewhere = elsewhere(lesson);
                subject.citations()
                        .of(Citations.lesson(lesson))
                        .forEach(id ->
                                citations.add(new LessonCitation(Citations.lesson(lesson), effect + elsewhere, id)));
            }
        }
        return citations;
    }

    private String elsewhere(Lesson lesson) {
        if (lesson.getService().equals(best.getService())) {
            return "";
        }
        return LessonPool.isPooled(lesson)
                ? " (learned at the services of its class together)"
                : " (learned at a service of the same class)";
    }

    /** What became of an action so far, in words. */
    static String record(List<Lesson> lessons) {
        int held = lessons.stream().mapToInt(Lesson::getHeld).sum();
        int recurred = lessons.stream().mapToInt(Lesson::getRecurred).sum();
        int ineffective = lessons.stream().mapToInt(Lesson::getIneffective).sum();
        int harmful = lessons.stream().mapToInt(Lesson::getHarmful).sum();
        return SignWords.format(
                "it held %d times, came back %d times, did not help %d times and did harm %d times",
                held, recurred, ineffective, harmful);
    }

    private static String words(Remedy remedy) {
        return switch (remedy.action()) {
            case ROLLING_RESTART -> "Rolling restart";
            case ROLL_BACK_RELEASE -> "Rolling back the release";
            case SCALE -> "Scaling out";
            case FREE_DISK -> "Freeing disk space";
            case DISABLE_FLAG -> "Disabling the flag";
            case ENABLE_FLAG -> "Enabling the flag";
            case CLEAR_CACHE -> "Clearing the cache";
            case ROTATE_CERTIFICATE -> "Rotating the certificate";
            case FAIL_OVER -> "Failing over";
            case DRAIN -> "Draining the instance";
            case PLAYBOOK -> "The playbook";
            default -> remedy.action().name();
        };
    }
}

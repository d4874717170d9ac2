package io.nightshift.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.deploy.home.StartException;
import io.nightshift.deploy.home.UsageException;
import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.oversee.people.Controls;
import io.nightshift.remediate.domain.PolicyChange;
import io.nightshift.remediate.domain.PolicyChanges;
import io.nightshift.remediate.domain.PolicyException;
import io.nightshift.remediate.policy.PolicyDiff;
import io.nightshift.remediate.policy.PolicyText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes the policy of what runs: one person proposes, another approves. */
abstract class PolicyLiveCommands implements Callable<Integer> {

    private static final Duration PROPOSAL_STANDS = Duration.ofDays(1);
    private static final Duration APPROVAL_COUNTS = Duration.ofMinutes(15);

    @Mixin
    Home home;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    final int tell(int status, Map<String, Object> fields, String sentence) throws JsonProcessingException {
        if (json) {
            fields.put("sentence", sentence);
            System.out.println(new ObjectMapper().writeValueAsString(fields));
        } else {
            System.out.println(sentence);
        }
        return status;
    }

    /** Writes what a person says about the policy and tells what became of it. */
    static PolicyChanges.Heard say(
            Client client,
            Person person,
            PolicyNow now,
            String hash,
            Duration validFor,
            Map<String, String> arguments) {
        ControlRecord written;
        try (Controls controls = client.controls(person)) {
            written = controls.write(new Controls.Decision(
                    ControlKind.POLICY_CHANGE,
                    PolicyChange.SUBJECT,
                    hash,
                    person.name(),
                    person.reason(),
                    validFor,
                    arguments,
                    "cli"));
        }
        return now.answer(written.getId())
                .orElseThrow(() -> new StartException("Kafka took the record and does not give it back;"
                        + " ./nightshift policy show tells what is in force"));
    }

    static String shortly(String version) {
        return version.substring(0, Math.min(12, version.length()));
    }

    /** {@code nightshift policy show}. */
    @Command(
            name = "show",
            description = "Shows the policy in force, and the proposal that waits for a second person.",
            footer = {"", "Exit status: 0 shown, 2 usage, 3 Kafka can't be reached."})
    static final class Show extends PolicyLiveCommands {

        @Override
        public Integer call() throws JsonProcessingException {
            try (PolicyNow now = PolicyNow.of(Client.connect(home))) {
                Map<String, Object> fields = new LinkedHashMap<>();
                fields.put("version", now.version());
                fields.put("configured", now.base());
                fields.put("text", now.text().text());
                StringBuilder words = new StringBuilder();
                words.append("// in force: ").append(now.version());
                words.append(
                        now.version().equals(now.base()) ? ", as configured\n" : ", changed since it was configured\n");
                words.append(now.text().text().strip());
                now.open().ifPresent(open -> {
                    fields.put("proposal", proposal(open));
                    words.append("\n\n// proposal ")
                            .append(open.change())
                            .append(" by ")
                            .append(Words.plain(open.actor()));
                    words.append(", until ").append(open.expiresAt()).append(", waits for a second person:\n");
                    words.append("//   ./nightshift policy approve ").append(open.change());
                    words.append(" --as NAME --key FILE\n").append(open.text().strip());
                });
                return tell(0, fields, words.toString());
            }
        }

        private static Map<String, Object> proposal(PolicyChanges.Open open) {
            Map<String, Object> proposal = new LinkedHashMap<>();
            proposal.put("id", open.change());
            proposal.put("by", open.actor());
            proposal.put("expiresAt", open.expiresAt().toString());
            proposal.put("version", open.version());
            proposal.put("text", open.text());
            return proposal;
        }
    }

    /** {@code nightshift policy propose}. */
    @Command(
            name = "propose",
            description = {
                "Proposes a policy in the place of the one in force. It counts once another person approves it, with a",
                "key of their own; a newer proposal takes the place of an older."
            },
            footer = {
                "",
                "Exit status: 0 it waits for a second person, 1 it is refused, 2 usage, 3 Kafka can't be reached."
            })
    static final class Propose extends PolicyLiveCommands {

        @Mixin
        private Person person;

        @Parameters(paramLabel = "POLICY", description = "A Cedar file, or a profile: cautious, standard, regulated.")
        private String policy;

        @Override
        public Integer call() throws JsonProcessingException {
            if (person.reason().isBlank()) {
                throw new UsageException(
                        "say why with --reason \"...\": who approves it, and the ledger, will want to know");
            }
            PolicyText text = PolicyCommand.text(policy);
            Map<String, Object> fields = new LinkedHashMap<>();
            Client client = Client.connect(home);
            try (PolicyNow now = PolicyNow.of(client)) {
                PolicyDiff diff = PolicyDiff.between(now.text(), text);
                Map<String, String> arguments = PolicyChange.proposal(now.base(), now.version(), text.text());
                PolicyChanges.Heard heard = say(client, person, now, null, PROPOSAL_STANDS, arguments);
                fields.put("done", heard.counts());
                if (heard.isRefused()) {
                    return tell(1, fields, "refused: " + heard.words());
                }
                String id = now.open().map(PolicyChanges.Open::change).orElse("");
                fields.put("id", id);
                fields.put("wider", diff.isWider());
                return tell(
                        0,
                        fields,
                        "proposed as " + id + (diff.isWider() ? ", which is WIDER than the policy in force" : "")
                                + "; another person approves it with ./nightshift policy approve " + id
                                + " --as NAME --key FILE, within a day");
            } catch (PolicyException e) {
                fields.put("done", false);
                return tell(1, fields, "refused: " + e.getMessage());
            }
        }
    }

    /** {@code nightshift policy approve}. */
    @Command(
            name = "approve",
            description = {
                "Approves exactly the text that another person proposed. It is in force at once: at admission, where what",
                "waits for a person is judged anew, and at the executor, which no longer does what the old one allowed."
            },
            footer = {"", "Exit status: 0 it is in force, 1 it is refused, 2 usage, 3 Kafka can't be reached."})
    static final class Approve extends PolicyLiveCommands {

        @Mixin
        private Person person;

        @Parameters(paramLabel = "ID", description = "The proposal, as ./nightshift policy show names it.")
        private String id;

        @Override
        public Integer call() throws JsonProcessingException {
            Client client = Client.connect(home);
            try (PolicyNow now = PolicyNow.of(client)) {
                PolicyChanges.Open open = now.open()
                        .filter(each -> each.change().equals(id))
                        .orElseThrow(() -> new UsageException(
                                "no proposal '" + id + "' waits; ./nightshift policy show tells which one does"));
                Map<String, String> arguments = PolicyChange.approval(now.base(), open.from(), id);
                PolicyChanges.Heard heard = say(client, person, now, open.version(), APPROVAL_COUNTS, arguments);
                Map<String, Object> fields = new LinkedHashMap<>();
                fields.put("done", heard.inForce());
                fields.put("version", now.version());
                return tell(
                        heard.inForce() ? 0 : 1,
                        fields,
                        heard.inForce()
                                ? "policy " + shortly(now.version())
                                        + " is in force; what waits for a person is judged anew"
                                : "refused: " + heard.words());
            }
        }
    }
}

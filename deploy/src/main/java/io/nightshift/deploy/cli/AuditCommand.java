package io.nightshift.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.oversee.audit.AuditReport;
import io.nightshift.oversee.audit.AuditVerifier;
import io.nightshift.oversee.audit.ExportedHeads;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The audit ledger. */
@Command(name = "audit", description = "The audit ledger.", subcommands = AuditCommand.Verify.class)
public final class AuditCommand {

    /** {@code nightshift audit verify}. */
    @Command(
            name = "verify",
            description = "Checks the ledger's hash chain from its first entry. Exit status 0: in order, 1: broken.")
    public static final class Verify implements Callable<Integer> {

        @Mixin
        private Home home;

        @Option(names = "--complete", description = "Also read every decision topic again and compare byte for byte.")
        private boolean complete;

        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        @Override
        public Integer call() throws JsonProcessingException {
            Client client = Client.connect(home);
            AuditReport report = new AuditVerifier(client.kafka(), client.topics())
                    .verify(ExportedHeads.read(client.installation().auditHeads()), complete);
            System.out.println(json ? new ObjectMapper().writeValueAsString(report) : text(report));
            return report.verified() ? 0 : 1;
        }

        private String text(AuditReport report) {
            if (!report.verified()) {
                return "BROKEN: " + report.fault();
            }
            return report.entries() + " entries in order"
                    + (report.head() == null ? "" : ", head " + report.head().hash())
                    + (complete
                            ? "; " + report.sourcesChecked() + " source records compared, " + report.pending()
                                    + " not in the ledger yet"
                            : "");
        }
    }
}

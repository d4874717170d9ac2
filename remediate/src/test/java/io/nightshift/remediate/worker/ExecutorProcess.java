package io.nightshift.remediate.worker;

import io.nightshift.remediate.RemediateSettings;
import io.nightshift.remediate.policy.PolicyText;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import io.nightshift.schemas.signing.TrustedKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** An executor in a process of its own, so that it can be killed. */
final class ExecutorProcess {

    private ExecutorProcess() {}

    /** Arguments: prefix, folder, failpoint, seconds that a command may take. Connection settings come on standard input. */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[1]);
        Night night = NightProcess.join(args[0], folder);
        FakeShop shop = FakeShop.at(folder.resolve("shop"), Duration.ofSeconds(Long.parseLong(args[3])));
        String failpoint = args[2].equals("none") ? "" : "failpoint: " + args[2] + "\n";
        StageContext context = night.context(shop.inventory(4), "settle: 10s\n" + failpoint);
        Stage executor = new Workers(context, RemediateSettings.from(context.config()))
                .executor(PolicyText.changes(PolicyText.cautious().load(), TrustedKeys.none()), TrustedKeys.none());
        executor.start();
    }

    static Process start(Night night, String prefix, Path folder, String failpoint, Duration timeout)
            throws IOException {
        return NightProcess.start(
                ExecutorProcess.class,
                night,
                folder.resolve("executor-" + failpoint + ".log"),
                List.of(prefix, folder.toString(), failpoint, String.valueOf(timeout.toSeconds())));
    }
}

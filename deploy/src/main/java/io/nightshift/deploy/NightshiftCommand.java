package io.nightshift.deploy;

import io.nightshift.deploy.cli.ActionsCommand;
import io.nightshift.deploy.cli.AnomaliesCommand;
import io.nightshift.deploy.cli.AuditCommand;
import io.nightshift.deploy.cli.CoverageCommand;
import io.nightshift.deploy.cli.DecideCommands;
import io.nightshift.deploy.cli.ExplainCommand;
import io.nightshift.deploy.cli.FeedbackCommand;
import io.nightshift.deploy.cli.GraphCommand;
import io.nightshift.deploy.cli.HaltCommand;
import io.nightshift.deploy.cli.IncidentsCommand;
import io.nightshift.deploy.cli.KeyCommand;
import io.nightshift.deploy.cli.LessonsCommand;
import io.nightshift.deploy.cli.PlaybooksCommand;
import io.nightshift.deploy.cli.PolicyCommand;
import io.nightshift.deploy.cli.QuestionCommands;
import io.nightshift.deploy.cli.ResumeCommand;
import io.nightshift.deploy.cli.ReviewCommand;
import io.nightshift.deploy.cli.ReviewEmergencyCommand;
import io.nightshift.deploy.cli.RunCommand;
import io.nightshift.deploy.cli.SkillsCommand;
import io.nightshift.deploy.cli.SloCommand;
import io.nightshift.deploy.cli.StatusCommand;
import io.nightshift.deploy.cli.SteerCommands;
import io.nightshift.deploy.cli.SummaryCommand;
import io.nightshift.deploy.cli.ToolsCommand;
import io.nightshift.deploy.cli.TopicsCommand;
import io.nightshift.deploy.cli.TrustCommand;
import io.nightshift.deploy.demo.DemoCommand;
import io.nightshift.deploy.home.StartException;
import io.nightshift.deploy.home.UsageException;
import io.nightshift.embedded.EmbeddedException;
import io.nightshift.runtime.config.ConfigException;
import io.nightshift.runtime.kafka.KafkaFault;
import io.nightshift.schemas.registry.RegistryException;
import java.util.ServiceLoader;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/** The {@code nightshift} command. */
@Command(
        name = "nightshift",
        description = "Autonomous IT operations on Kafka: detect, explain, repair, verify, learn.",
        version = "Nightshift 0.1.0",
        mixinStandardHelpOptions = true,
        subcommands = {
            RunCommand.class,
            DemoCommand.class,
            HaltCommand.class,
            ResumeCommand.class,
            DecideCommands.Approve.class,
            DecideCommands.Deny.class,
            ReviewEmergencyCommand.class,
            StatusCommand.class,
            IncidentsCommand.class,
            SummaryCommand.class,
            ActionsCommand.class,
            AnomaliesCommand.class,
            CoverageCommand.class,
            GraphCommand.class,
            FeedbackCommand.class,
            ReviewCommand.class,
            LessonsCommand.class,
            TrustCommand.class,
            SteerCommands.HandsOff.class,
            SteerCommands.HandsOn.class,
            SteerCommands.Level.class,
            QuestionCommands.Investigate.class,
            QuestionCommands.Ask.class,
            ExplainCommand.class,
            TopicsCommand.class,
            ToolsCommand.class,
            SloCommand.class,
            SkillsCommand.class,
            PlaybooksCommand.class,
            AuditCommand.class,
            PolicyCommand.class,
            KeyCommand.class
        })
public final class NightshiftCommand implements Runnable {

    /** Exit status when Nightshift can't start or reach what it needs. */
    private static final int CANNOT_START = 3;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine nightshift = new CommandLine(new NightshiftCommand());
        ServiceLoader.load(FurtherCommand.class).forEach(nightshift::addSubcommand);
        nightshift.getSubcommands().values().forEach(NightshiftCommand::explainItself);
        return nightshift.setCaseInsensitiveEnumValuesAllowed(true).setExecutionExceptionHandler(new ForPeople());
    }

    /** Every command, however deep, answers --help. */
    private static void explainItself(CommandLine command) {
        command.getCommandSpec().mixinStandardHelpOptions(true);
        command.getSubcommands().values().forEach(NightshiftCommand::explainItself);
    }

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }

    /** What is the user's to mend is one clear message; anything else is our fault and keeps its stack trace. */
    private static final class ForPeople implements IExecutionExceptionHandler {
        @Override
        public int handleExecutionException(Exception e, CommandLine command, CommandLine.ParseResult result)
                throws Exception {
            if (e instanceof UsageException) {
                command.getErr().println("nightshift: " + e.getMessage());
                return CommandLine.ExitCode.USAGE;
            }
            boolean forPeople = e instanceof StartException
                    || e instanceof EmbeddedException
                    || e instanceof ConfigException
                    || e instanceof RegistryException
                    || e instanceof KafkaFault
                    || e instanceof KafkaException;
            if (!forPeople) {
                throw e;
            }
            command.getErr().println("nightshift: " + e.getMessage());
            return CANNOT_START;
        }
    }
}

package io.nightshift.bench.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnBenchTest {

    @TempDir
    Path folder;

    @Test
    void autonomyIsNeverWidenedWithoutApprovalAndIsUsedWhereItWasEarned() throws Exception {
        Map<Arms, List<Tally>> played = LearnBench.play(2, 600);

        assertThat(played).containsOnlyKeys(Arms.values());
        played.forEach(
                (arm, tallies) -> assertThat(tallies).as(arm.words()).allSatisfy(tally -> assertThat(tally.widened())
                        .isZero()));
        List<Tally> learning = played.get(Arms.LEARNING);
        assertThat(Estimate.of(learning, tally -> tally.harms(0, 600)).mean())
                .as("what the ledger is for")
                .isLessThan(Estimate.of(played.get(Arms.ALL_ALLOWED), tally -> tally.harms(0, 600))
                        .mean());
        assertThat(Estimate.of(learning, tally -> tally.share(0, 100)).mean())
                .as("nothing is trusted at the beginning")
                .isLessThan(
                        Estimate.of(learning, tally -> tally.share(200, 300)).mean());
        assertThat(learning).allSatisfy(tally -> assertThat(tally.promotions()).isPositive());

        Path plot = folder.resolve("curve.png");
        CurvePlot.write(played, plot);
        BufferedImage image = ImageIO.read(plot.toFile());
        assertThat(image.getWidth()).isPositive();
        assertThat(image.getHeight()).isGreaterThan(image.getWidth());
    }

    @Test
    void theSameSeedPlaysTheSame() {
        Tally one = Season.play(Arms.LEARNING, 3, 400);
        Tally two = Season.play(Arms.LEARNING, 3, 400);

        assertThat(one.recovery(0, 400)).isEqualTo(two.recovery(0, 400));
        assertThat(one.share(0, 400)).isEqualTo(two.share(0, 400));
    }

    @Test
    void everyArmMeetsTheSameFaultsAndHalfOfTheRightActionsChange() {
        World one = new World(5, 2_000);
        World two = new World(5, 2_000);
        assertThat(one.faults()).isEqualTo(two.faults());

        List<World.Fault> faults = new World(6, 4).faults();
        World world = new World(7, 2);
        long changed = World.CLASSES.stream()
                .flatMap(serviceClass -> World.causes().stream().filter(cause -> {
                    World.Service service = new World.Service("s", serviceClass, List.of(cause));
                    return world.right(new World.Fault(0, service, cause))
                            != world.right(new World.Fault(1, service, cause));
                }))
                .count();
        assertThat(faults).hasSize(4);
        assertThat(changed).isBetween(10L, 40L);
    }

    @Test
    void anIntervalIsStudents() {
        List<Tally> seeds = List.of(tally(1), tally(2), tally(3));

        Estimate estimate = Estimate.of(seeds, tally -> tally.recovery(0, 1));

        assertThat(estimate.mean()).isEqualTo(2);
        assertThat(estimate.half()).as("t(2) = 4.303, s = 1").isEqualTo(2.484, within(1e-3));
    }

    private static Tally tally(double minutes) {
        Tally tally = new Tally(1);
        tally.add(0, true, false, minutes);
        return tally;
    }
}

package io.qmptape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private static final Path HOME = Path.of("/home/ada");

    @Test
    void liesBelowHomeWhereNothingIsSaid() {
        Places places = Places.of(Map.of(), HOME);

        assertThat(places.tape()).isEqualTo(Path.of("/home/ada/.local/state/qmptape"));
        assertThat(places.cache()).isEqualTo(Path.of("/home/ada/.cache/qmptape"));
        assertThat(places.config()).isEqualTo(Path.of("/home/ada/.config/qmptape"));
    }

    @Test
    void followsTheEnvironment() {
        Places places = Places.of(Map.of("XDG_STATE_HOME", "/var/state", "XDG_CACHE_HOME", "/var/cache"), HOME);

        assertThat(places.tape()).isEqualTo(Path.of("/var/state/qmptape"));
        assertThat(places.cache()).isEqualTo(Path.of("/var/cache/qmptape"));
    }

    @Test
    void ignoresARelativeOrEmptyPlace() {
        Places places = Places.of(Map.of("XDG_STATE_HOME", "state", "XDG_CACHE_HOME", ""), HOME);

        assertThat(places).isEqualTo(Places.of(Map.of(), HOME));
    }
}

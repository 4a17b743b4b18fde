package io.qmptape.store.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.protocol.Bytes;
import org.junit.jupiter.api.Test;

final class JsonLayoutTest {
    private static final Bytes JSON = Bytes.utf8("{ \"a\" :1.0e1,\r\n'b': [ ],\"c, {\\\" \": [true, {}] ,\"d\":-0}");

    @Test
    void laysOutInOneLine() {
        assertThat(JsonLayout.oneLine(JSON).text())
                .isEqualTo("{\"a\": 1.0e1, 'b': [], \"c, {\\\" \": [true, {}], \"d\": -0}");
    }

    @Test
    void laysOutWithoutABlank() {
        assertThat(JsonLayout.dense(JSON).text()).isEqualTo("{\"a\":1.0e1,'b':[],\"c, {\\\" \":[true,{}],\"d\":-0}");
    }

    @Test
    void laysOutAMemberALine() {
        assertThat(JsonLayout.indented(JSON, 2).text()).isEqualTo("""
                        {
                          "a": 1.0e1,
                          'b': [
                          ],
                          "c, {\\" ": [
                            true,
                            {
                            }
                          ],
                          "d": -0
                        }""");
    }
}

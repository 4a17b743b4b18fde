package io.qmptape.store.redaction;

import static io.qmptape.protocol.Direction.CLIENT_TO_SERVER;
import static io.qmptape.protocol.Direction.SERVER_TO_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.conversation.Pairing;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Delimited;
import io.qmptape.protocol.DescriptorKind;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Frame;
import io.qmptape.protocol.FrameKind;
import io.qmptape.protocol.FrameSplitter;
import io.qmptape.protocol.Mark;
import io.qmptape.protocol.Message;
import io.qmptape.store.Masked;
import io.qmptape.store.redaction.Redactor.Redacted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RedactorTest {
    private static final String SECRET = "hunter2-correct-horse";

    private final RedactionKey key = RedactionKey.random();
    private final Redactor redactor = new Redactor(key);
    private final Pairing pairing = new Pairing();
    private long sequence;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'execute':'block_passwd','arguments':{'device':'d','password':'SECRET'}}",
                "{'execute':'set_password','arguments':{'protocol':'vnc','password':'SECRET'}}",
                "{'execute':'change-vnc-password','arguments':{'password':'SECRET'}}",
                "{'execute':'change','arguments':{'device':'vnc','target':'password','arg':'SECRET'}}",
                "{'execute':'object-add','arguments':{'qom-type':'secret','id':'s','data':'SECRET'}}",
                "{'execute':'object-add','arguments':{'qom-type':'secret','id':'s','props':{'data':'SECRET'}}}",
                "{'execute':'qom-set','arguments':{'path':'/objects/x','property':'password','value':'SECRET'}}",
                "{'execute':'blockdev-add','arguments':{'driver':'https','cookie':'SECRET'}}",
                "{'execute':'blockdev-add','arguments':{'file':{'filename':'https://u:SECRET@host/x'}}}",
                "{'execute':'human-monitor-command','arguments':{'command-line':'set_password vnc SECRET'}}",
                "{'execute':'human-monitor-command','arguments':{'command-line':'change vnc password SECRET'}}",
                "{'execute':'migrate','arguments':{'uri':'exec:cat > SECRET'}}",
                "{'execute':'sev-inject-launch-secret','arguments':{'secret':'SECRET'}}",
                "{'execute':'nobody-knows-this','arguments':{'deep':[{'passphrase':'SECRET'}]}}",
                "{'execute':'x','arguments':{'p\\u0061ssword':'SECRET'}}",
                "{'execute':'set_password','arguments':{'password':['SECRET']}}",
                "{'password':'SECRET'}/ noise",
                "{'execute':'set_password','arguments':{'password':'SECRET'} ]",
                "{'execute':'set_password','arguments':{'protocol':'vnc','pasword':'SECRET'}}",
                "{'execute':'change-vnc-password','arguments':{'word':'SECRET'}}",
                "{'execute':'set_password','arguments':'SECRET'}",
                "{'execute':'device_add','arguments':{'vnc-password':'SECRET'}}",
                "{'execute':'x','arguments':{'file.cookie':'SECRET'}}",
                "{'execute':'blockdev-add','arguments':{'url':'https:\\/\\/u:SECRET@host/x'}}",
                "{'execute':'blockdev-add','arguments':{'url':'https://u:p@SECRET@host/x'}}",
                "{'execute':'blockdev-add','arguments':{'filename':'iscsi://u%SECRET@host/x'}}",
                "{'execute':'drive-mirror','arguments':{'target':'json:{\\'file.password\\':\\'SECRET\\'}'}}",
                "{'execute':'human-monitor-command','arguments':{'command-line':'qom-set /objects/s0 data SECRET'}}",
                "{'execute':'human-monitor-command','arguments':{'command-line':'change \\'vnc\\' passwd SECRET'}}",
                "{'execute':'human-monitor-command','arguments':{'command-line':'object_add\\nsecret,data=SECRET'}}",
                "{'execute':'query-version','id':{'password':'SECRET'}}",
                "{'x' 'arguments':{'password' 'SECRET'}}",
                "{'x' 'arguments':{'password':['SECRET']}}",
                "{'x' 'arguments':{password:'SECRET'}}",
                "{'execute':'x' 'arguments':{'command-line':'set_password vnc SECRET'}}",
                "{'execute':'x' 'arguments':{'target':'https://u:SECRET@h/x'}}",
                "{'execute':'set_password','arguments':{'password':'SECRET'},'x':1,'x':2}",
                "{'execute':'set_password','arguments':{'password':'SECRET"
            })
    void keepsASecretOffTheDisk(String text) {
        Redacted redacted = pass(CLIENT_TO_SERVER, text.replace('\'', '"')).get(0);

        assertThat(redacted.frame().bytes().text()).doesNotContain(SECRET).contains("[masked:");
        assertThat(redacted.masked()).hasSize(1);
        Masked masked = redacted.masked().get(0);
        assertThat(redacted.frame().bytes().slice(masked.span()).text()).contains("[masked:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'execute':'expire_password','arguments':{'protocol':'vnc','time':'+60'}}",
                "{'execute':'blockdev-add','arguments':{'key-secret':'sec0','password-secret':'sec1'}}",
                "{'execute':'human-monitor-command','arguments':{'command-line':'info status'}}",
                "{'execute':'migrate','arguments':{'uri':'tcp:host:4444'}}",
                "{'execute':'qom-set','arguments':{'path':'/machine','property':'rtc-time','value':1}}",
                "{'execute':'ringbuf-write','arguments':{'device':'r','data':'abc'}}"
            })
    void leavesAloneWhatIsNoSecret(String text) {
        String json = text.replace('\'', '"');

        Redacted redacted = pass(CLIENT_TO_SERVER, json).get(0);

        assertThat(redacted.frame().bytes()).isEqualTo(Bytes.utf8(json));
        assertThat(redacted.masked()).isEmpty();
    }

    @Test
    void masksTheRestOfASecretThatABadByteBroke() {
        List<Redacted> frames =
                pass(CLIENT_TO_SERVER, "{\"execute\":\"x\",\"arguments\":{\"password\":\"hunter\u0001SECRET\"}}");

        assertThat(frames)
                .allSatisfy(frame -> assertThat(frame.frame().bytes().text())
                        .doesNotContain("hunter")
                        .doesNotContain("horse"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'execute':'set_password','arguments':{'password'='SECRET'}}",
                "{'execute':'set_password','arguments':{'password':u'SECRET'}}",
                "set_password vnc SECRET"
            })
    void masksWhatFollowsASensitiveNameInNoise(String text) {
        assertThat(pass(CLIENT_TO_SERVER, text.replace('\'', '"')))
                .allSatisfy(frame -> assertThat(frame.frame().bytes().text()).doesNotContain("correct"));
    }

    @Test
    void readsOnBehindNoiseThatHidASecret() {
        String next = "{\"execute\":\"query-status\"}";

        List<Redacted> frames = pass(CLIENT_TO_SERVER, "{\"password\"=\"SECRET\"}}\n" + next + "\n" + next);

        assertThat(frames.get(frames.size() - 1).masked()).isEmpty();
        assertThat(frames.get(frames.size() - 1).frame().body()).isEqualTo(Bytes.utf8(next));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'execute':'object-add','arguments':{'data-x':{'password':'SECRET'},'data':'SECRET'}}",
                "{'execute':'qom-set','arguments':{'path':'secret0','value2':{'token':'SECRET'},'value':'SECRET'}}"
            })
    void masksEachOfTwoSecretsWhosePathsBeginAlike(String text) {
        Redacted redacted = pass(CLIENT_TO_SERVER, text.replace('\'', '"')).get(0);

        assertThat(redacted.frame().bytes().text()).doesNotContain(SECRET);
        assertThat(redacted.masked()).hasSize(2);
    }

    @Test
    void masksAnIdAlikeInTheCommandAndItsReply() {
        String id = "\"id\":{\"password\":\"SECRET\"}";
        Redacted command = pass(CLIENT_TO_SERVER, "{\"execute\":\"query-status\"," + id + "}")
                .get(0);

        Redacted reply = pass(SERVER_TO_CLIENT, "{\"return\":{}," + id + "}").get(0);
        Redacted error = pass(SERVER_TO_CLIENT, "{" + id + ",\"error\":{\"class\":\"x\",\"desc\":\"y\"}}")
                .get(0);

        String stored = "\"id\":{\"password\":\"" + key.standIn(SECRET) + "\"}";
        assertThat(command.frame().bytes().text()).contains(stored);
        assertThat(reply.frame().bytes().text()).contains(stored);
        assertThat(error.frame().bytes().text()).contains(stored);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'error':{'class':'GenericError','desc':'Could not open https://u:SECRET@h/x'}}",
                "{'event':'BLOCK_JOB_COMPLETED','data':{'error':'https://u:SECRET@h/x'},"
                        + "'timestamp':{'seconds':1,'microseconds':2}}"
            })
    void masksPasswordsInUrlsThatTheServerTells(String text) {
        Redacted redacted = pass(SERVER_TO_CLIENT, text.replace('\'', '"')).get(0);

        assertThat(redacted.frame().bytes().text()).doesNotContain(SECRET).contains("https://u:[masked:");
    }

    @Test
    void masksWhatFollowsAGapUpToTheNextMessage() {
        redactor.interrupted(CLIENT_TO_SERVER);

        List<Redacted> frames = pass(CLIENT_TO_SERVER, "SECRET\"}}\n{\"execute\":\"stop\"}");

        assertThat(frames)
                .allSatisfy(frame -> assertThat(frame.frame().bytes().text()).doesNotContain("horse"));
        assertThat(frames.get(frames.size() - 1).masked()).isEmpty();
    }

    @Test
    void scrubsTheErrorThatEchoesIt() {
        pass(CLIENT_TO_SERVER, "{\"execute\":\"set_password\",\"arguments\":{\"password\":\"SECRET\"}}");

        Redacted reply = pass(
                        SERVER_TO_CLIENT,
                        "{\"error\":{\"class\":\"GenericError\",\"desc\":\"Parameter does not accept 'SECRET'\"}}")
                .get(0);

        assertThat(reply.frame().bytes().text()).doesNotContain(SECRET);
        assertThat(reply.masked().get(0).path()).isEqualTo("$.error.desc");
    }

    @Test
    void hidesWhatQomGetTellsOfASecret() {
        pass(
                CLIENT_TO_SERVER,
                "{\"execute\":\"qom-get\",\"arguments\":{\"path\":\"/objects/secret0\",\"property\":\"data\"}}");

        Redacted reply = pass(SERVER_TO_CLIENT, "{\"return\":\"SECRET\"}").get(0);

        assertThat(reply.frame().bytes().text()).doesNotContain(SECRET);
    }

    @Test
    void changesOnlyTheSpanOfTheSecret() {
        String before = "{\"execute\" : \"set_password\", \"arguments\": { \"password\" :  ";
        String after = ", \"protocol\":\"vnc\" } , \"id\": 1.0}";

        Redacted redacted =
                pass(CLIENT_TO_SERVER, before + "\"SECRET\"" + after).get(0);

        assertThat(redacted.frame().bytes().text()).startsWith(before).endsWith(after);
        assertThat(redacted.masked().get(0).path()).isEqualTo("$.arguments.password");
        assertThat(redacted.masked().get(0).type()).isEqualTo("string");
    }

    @Test
    void givesEqualSecretsEqualStandIns() {
        String command = "{\"execute\":\"set_password\",\"arguments\":{\"password\":\"SECRET\"}}";

        List<Redacted> both = pass(CLIENT_TO_SERVER, command + command);
        Redacted other =
                pass(CLIENT_TO_SERVER, command.replace("SECRET", "another")).get(0);

        assertThat(both.get(0).frame().bytes()).isEqualTo(both.get(1).frame().bytes());
        assertThat(other.frame().bytes()).isNotEqualTo(both.get(0).frame().bytes());
    }

    @Test
    void movesTheMarksBehindASecret() {
        Bytes text = Bytes.utf8("{\"execute\":\"x\",\"arguments\":{\"password\":\"a\"}}");
        List<Mark> marks = List.of(Mark.at(0, 1), Mark.at(text.length() - 1, 2));
        Frame frame = new Frame(1, CLIENT_TO_SERVER, FrameKind.MESSAGE, text, marks);

        Redacted redacted = redactor.redact(frame, Message.of(frame), java.util.Optional.empty());

        Bytes stored = redacted.frame().bytes();
        assertThat(redacted.frame().marks()).containsExactly(Mark.at(0, 1), Mark.at(stored.length() - 1, 2));
    }

    @Test
    void keepsItsKeyInAFileOfItsOwner(@TempDir Path directory) throws java.io.IOException {
        Path file = directory.resolve("keys").resolve("tape.key");

        RedactionKey made = RedactionKey.readOrCreate(file);
        RedactionKey read = RedactionKey.readOrCreate(file);

        assertThat(read.fingerprint()).isEqualTo(made.fingerprint());
        assertThat(read.standIn("x")).isEqualTo(made.standIn("x"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    private List<Redacted> pass(Direction direction, String text) {
        List<Redacted> all = new ArrayList<>();
        FrameSplitter splitter = new FrameSplitter(direction);
        splitter.accept(
                Bytes.utf8(text.replace("SECRET", SECRET)),
                1,
                List.<DescriptorKind>of(),
                cut -> add(cut, all, direction));
        splitter.finish(cut -> add(cut, all, direction));
        return all;
    }

    private void add(Delimited cut, List<Redacted> all, Direction direction) {
        Frame frame = cut.numbered(++sequence, direction);
        Message message = Message.of(direction, cut.json());
        all.add(redactor.redact(frame, message, pairing.accept(frame, message)));
    }
}

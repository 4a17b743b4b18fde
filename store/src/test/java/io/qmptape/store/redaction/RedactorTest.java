package io.qmptape.store.redaction;

import static io.qmptape.protocol.Direction.CLIENT_TO_SERVER;
import static io.qmptape.protocol.Direction.SERVER_TO_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Frame;
import io.qmptape.protocol.FrameKind;
import io.qmptape.protocol.Mark;
import io.qmptape.protocol.Message;
import io.qmptape.store.Masked;
import io.qmptape.store.redaction.Redactor.Redacted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RedactorTest {
    private static final String SECRET = Listening.SECRET;

    private final RedactionKey key = RedactionKey.random();
    private final Listening listening = new Listening(Redaction.with(key));

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
                "{'execute':'set_password','arguments':{'protocol':'SECRET'}}",
                "{'execute':'set_password','arguments':{'protocol':'vnc','connected':'SECRET'}}",
                "{'execute':'blockdev-add','arguments':{'url':'https://SECRET@host/x'}}",
                "{'execute':'blockdev-add','arguments':{'url':'https://host/x?size=1&X-Amz-Signature=SECRET'}}",
                "{'execute':'set_password vnc SECRET'}",
                "{'execute':'human-monitor-comand','arguments':{'command-line':'set_password vnc SECRET'}}",
                "{'execute':'human-monitor-command','arguments':{'command_line':'set_password vnc SECRET'}}",
                "{'execute':'human-monitor-command','arguments':{'command-line':'migrate_incoming exec:cat SECRET'}}",
                "{'execute':'human-monitor-command','arguments':{'command-line':'set_pasword vnc SECRET'}}",
                "{'execute':'migrate','arguments':{'channels':[{'addr':{'transport':'exec','args':['sh','SECRET']}}]}}",
                "{'execute':'change','arguments':{'device':'vnc','target':'pasword','arg':'SECRET'}}",
                "{'execute':'guest-set-user-password','arguments':{'username':'root','password':'SECRET'}}",
                "{'arguments':{'pwd':'SECRET'}}",
                "{'execute':'set_password','arguments':{'password':'SECRET"
            })
    void keepsASecretOffTheDisk(String text) {
        Redacted redacted = pass(CLIENT_TO_SERVER, text).get(0);

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
                "{'execute':'ringbuf-write','arguments':{'device':'r','data':'abc'}}",
                "{'execute':'set_password','arguments':{'protocol':'vnc','connected':'keep','display':'vnc2'}}",
                "{'execute':'blockdev-add','arguments':{'driver':'ssh','filename':'ssh://user@host/x'}}",
                "{'execute':'human-monitor-command','arguments':{'command-line':'expire_password vnc +60'}}",
                "{'execute':'send-key','arguments':{'keys':[{'type':'qcode','data':'a'}]}}",
                "{'execute':'object_del','arguments':{'id':'secret0'}}",
                "{'execute':'set_password','arguments':{'password':null}}"
            })
    void leavesAloneWhatIsNoSecret(String text) {
        Redacted redacted = pass(CLIENT_TO_SERVER, text).get(0);

        assertThat(redacted.frame().bytes()).isEqualTo(Listening.bytes(text));
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
        assertThat(pass(CLIENT_TO_SERVER, text))
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
        Redacted redacted = pass(CLIENT_TO_SERVER, text).get(0);

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
        Redacted redacted = pass(SERVER_TO_CLIENT, text).get(0);

        assertThat(redacted.frame().bytes().text()).doesNotContain(SECRET).contains("https://u:[masked:");
    }

    @Test
    void masksWhatFollowsAGapUpToTheNextMessage() {
        listening.redactor().interrupted(CLIENT_TO_SERVER);

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
    void scrubsTheAnswerThatRepeatsAWordOfAMonitorLine() {
        listening.client("{'execute':'human-monitor-command','arguments':{'command-line':'set_pasword vnc SECRET'}}");

        Redacted reply = listening.server("{'return':'unknown command: set_pasword vnc SECRET'}");

        assertThat(Listening.text(reply)).doesNotContain(SECRET);
        assertThat(reply.masked().get(0).path()).isEqualTo("$.return");
    }

    @Test
    void keepsTheAnswerThatRepeatsNoneOfIt() {
        listening.client("{'execute':'human-monitor-command','arguments':{'command-line':'object_add secret,data=x'}}");

        Redacted reply = listening.server("{'return':'Error: Parameter id is missing'}");

        assertThat(reply.masked()).isEmpty();
    }

    @Test
    void masksANumberAndKeepsItsType() {
        Redacted whole = listening.client("{'execute':'set_password','arguments':{'password':1000}}");
        Redacted exponent = listening.client("{'execute':'set_password','arguments':{'password':1e3}}");

        assertThat(whole.masked()).extracting(Masked::type).containsExactly("number");
        assertThat(whole.frame().bytes()).isEqualTo(exponent.frame().bytes());
        assertThat(Listening.text(whole)).contains(key.standIn("1000")).doesNotContain(":1000");
    }

    @Test
    void hidesWhatQomListGetTellsOfASecret() {
        listening.client("{'execute':'qom-list-get','arguments':{'paths':['/objects/s0']}}");

        Redacted reply = listening.server(
                "{'return':[{'properties':[{'name':'data','value':'SECRET'},{'name':'iv','value':'aaaa'}]}]}");

        assertThat(Listening.text(reply)).doesNotContain(SECRET).contains("aaaa");
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

        Redacted redacted = listening.redactor().redact(frame, Message.of(frame), java.util.Optional.empty());

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
        return listening.all(direction, text);
    }
}

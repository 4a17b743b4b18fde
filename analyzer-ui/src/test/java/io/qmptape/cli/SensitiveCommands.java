package io.qmptape.cli;

import java.util.List;

/**
 * What a client may send that must not reach a disk: one case a line. A secret that nothing else holds stands at {@code @m},
 * its base64 at {@code @b}, its JSON escapes at {@code @u}, a number at {@code @n}. A {@code @|} cuts the case into two
 * writes. Quotes are single ones.
 */
final class SensitiveCommands {
    /** What is masked when nobody says otherwise. */
    static final List<String> USUAL = List.of(
            "{'execute':'set_password','arguments':{'protocol':'vnc','password':'@m'}}",
            "{'execute':'set_password','arguments':{'protocol':'vnc','password':'@m','connected':'fail'}}",
            "{'execute':'set_password','arguments':{'password':'vnc','protocol':'@m'}}",
            "{'execute':'set_password','arguments':{'protocol':'vnc','password':'x','connected':'@m'}}",
            "{'execute':'set_password','arguments':{'protocol':'vnc','pasword':'@m'}}",
            "{'execute':'set_password','arguments':{'protocol':'vnc','password':@n}}",
            "{'execute':'set_password','arguments':{'protocol':'vnc','password':['@m']}}",
            "{'execute':'set_password','arguments':'@m'}",
            "{'execute':'set_password','argumnts':{'protocol':'vnc','password':'@m'}}",
            "{'execute':'set_pasword','arguments':{'protocol':'vnc','password':'@m'}}",
            "{'execute':'set_password','arguments':{'protocol':'vnc','p\\u0061ssword':'@u'}}",
            "{'execute':'set_password','arguments':{'protocol':'vnc','password':'@m@|@m'}}",
            "{ 'execute' : 'set_password' ,@|\n 'arguments':\n {'protocol':'vnc', 'passw@|ord' :\t'@m' } }",
            "{'execute':'change-vnc-password','arguments':{'password':'@m'}}",
            "{'execute':'change-vnc-password','arguments':{'word':'@m'}}",
            "{'execute':'change','arguments':{'device':'vnc','target':'password','arg':'@m'}}",
            "{'execute':'block_passwd','arguments':{'device':'disk0','password':'@m'}}",
            "{'execute':'block_passwd','arguments':{'node-name':'disk0','passwort':'@m'}}",
            "{'execute':'object-add','arguments':{'qom-type':'secret','id':'raw0','data':'@m'}}",
            "{'execute':'object-add','arguments':{'qom-type':'secret','id':'b64','data':'@b','format':'base64'}}",
            "{'execute':'object-add','arguments':{'qom-type':'secret','id':'old0','props':{'data':'@m'}}}",
            "{'execute':'object-add','arguments':{'qom-type':'secret','id':'esc0','data':'@u'}}",
            "{'execute':'object-add','arguments':{'qom-type':'secret','id':'num0','data':@n}}",
            "{'execute':'object-add','arguments':{'qom-type':'nobody-knows','id':'x0','key':'@m'}}",
            "{'execute':'qom-get','arguments':{'path':'/objects/raw0','property':'data'}}",
            "{'execute':'qom-get','arguments':{'path':'/objects/b64','property':'data'}}",
            "{'execute':'qom-set','arguments':{'path':'/objects/raw0','property':'data','value':'@m'}}",
            "{'execute':'qom-set','arguments':{'path':'/objects/my-secret','property':'file','value':'@m'}}",
            "{'execute':'qom-list-get','arguments':{'paths':['/objects/raw0'],'secret':'@m'}}",
            "{'execute':'blockdev-add','arguments':{'driver':'https','node-name':'h0','url':'https://u:@m@host/x'}}",
            "{'execute':'blockdev-add','arguments':{'driver':'https','node-name':'h1','url':'https://@m@host/x'}}",
            "{'execute':'blockdev-add','arguments':{'driver':'https','node-name':'h2','url':'https:\\/\\/u:@m@host\\/x'}}",
            "{'execute':'blockdev-add','arguments':{'driver':'https','node-name':'h3','url':'https://h/x','cookie':'a=@m'}}",
            "{'execute':'blockdev-add','arguments':{'driver':'https','node-name':'h4','url':'https://h/x?token=@m&a=1'}}",
            "{'execute':'blockdev-add','arguments':{'driver':'file','node-name':'f0','filename':'https://u:@m@host/x'}}",
            "{'execute':'blockdev-add','arguments':{'driver':'iscsi','node-name':'i0','password':'@m','portal':'h'}}",
            "{'execute':'blockdev-snapshot-sync','arguments':{'device':'disk0','snapshot-file':'nbd://u:@m@host/x'}}",
            "{'execute':'drive-mirror','arguments':{'device':'disk0','sync':'full','target':'ftp://u:@m@host/x'}}",
            "{'execute':'drive-mirror','arguments':{'device':'disk0','sync':'full',"
                    + "'target':'json:{\\'driver\\':\\'https\\',\\'cookie\\':\\'@m\\'}'}}",
            "{'execute':'transaction','arguments':{'actions':[{'type':'drive-backup','data':{'device':'disk0',"
                    + "'target':'https://u:@m@host/x','sync':'full'}}]}}",
            "{'execute':'migrate','arguments':{'uri':'exec:cat >/dev/null; true @m'}}",
            "{'execute':'migrate-incoming','arguments':{'uri':'exec:true @m'}}",
            "{'execute':'migrate','arguments':{'channels':[{'addr':{'transport':'exec','args':['true','@m']}}]}}",
            "{'execute':'sev-inject-launch-secret','arguments':{'packet-header':'@m','secret':'@b'}}",
            "{'execute':'human-monitor-command','arguments':{'command-line':'set_password vnc @m'}}",
            "{'execute':'human-monitor-command','arguments':{'command-line':'set_pasword vnc @m'}}",
            "{'execute':'human-monitor-command','arguments':{'command-line':'set_password @m vnc'}}",
            "{'execute':'human-monitor-command','arguments':{'command-line':'change vnc password @m'}}",
            "{'execute':'human-monitor-command','arguments':{'command-line':'change -f vnc passwd @m'}}",
            "{'execute':'human-monitor-command','arguments':{'command-line':'block_passwd disk0 @m'}}",
            "{'execute':'human-monitor-command','arguments':{'command-line':'object_add secret,id=hmp0,data=@m'}}",
            "{'execute':'human-monitor-command','arguments':{'command-line':'object_add secret,id=hmp1,data=@b,format=base64'}}",
            "{'execute':'human-monitor-command','arguments':{'command-line':'object_add\\tsecret,id=hmp2,dta=@m'}}",
            "{'execute':'human-monitor-command','arguments':{'command-line':'qom-get /objects/hmp0 data'}}",
            "{'execute':'human-monitor-command','arguments':{'command-line':'qom-set /objects/hmp0 data @m'}}",
            "{'execute':'human-monitor-command','arguments':{'command-line':'migrate -d \\'exec:true @m\\''}}",
            "{'execute':'human-monitor-command','arguments':{'command-line':'migrate_incoming exec:true @m'}}",
            "{'execute':'human-monitor-command','arguments':{'command-line':'drive_add 0 file=https://u:@m@host/x'}}",
            "{'execute':'human-monitor-command','arguments':{'command-line':'drive_add 0 driver=iscsi,password=@m'}}",
            "{'execute':'human-monitor-command','arguments':{'command_line':'set_password vnc @m'}}",
            "{'execute':'human-monitor-comand','arguments':{'command-line':'set_password vnc @m'}}",
            "{'execute':'set_password vnc @m'}",
            "{'execute':'nobody-knows-this','arguments':{'deep':[{'er':{'passphrase':'@m'}}]}}",
            "{'execute':'nobody-knows-this','arguments':{'token':{'half':'@m','other':'@b'}}}",
            "{'execute':'device_add','arguments':{'driver':'x','vnc-password':'@m'}}",
            "{'execute':'guest-set-user-password','arguments':{'username':'root','password':'@b','crypted':false}}",
            "{'execute':'query-name','id':{'password':'@m'}}",
            "{'execute':'query-nonsense','id':['https://u:@m@host/x']}",
            "{'password':'@m'}",
            "['set_password',{'password':'@m'}]",
            "{'execute':'set_password','arguments':{'password':'@m'},'x':1,'x':2}",
            "{'execute':'set_password','arguments':{'password' '@m'}}",
            "{'execute':'set_password','arguments':{'password'='@m'}}",
            "{'execute':'set_password','arguments':{'password':'@m'} ]",
            "{'execute':'set_password','arguments':{password:'@m'}}",
            "{'execute':'set_password','arguments':{'password':u'@m'}}",
            "{'execute':'set_password','arguments':{'password':'a\u0001@m'}}",
            "{'execute':'set_password','arguments':{'password':@m}}",
            "set_password vnc @m",
            "{'execute':'object-add' 'arguments':{'qom-type':'secret','data':'@m'}}",
            "{'execute':'x' 'arguments':{'command-line':'set_password vnc @m'}}",
            "{'execute':'x' 'arguments':{'url':'https://u:@m@host/x'}}");

    /** What is masked when somebody asks for all groups, and for {@code x-login arguments.pin}. */
    static final List<String> OPTIONAL = List.of(
            "{'execute':'ringbuf-write','arguments':{'device':'ring0','data':'@m'}}",
            "{'execute':'ringbuf-read','arguments':{'device':'ring0','size':100}}",
            "{'execute':'send-key','arguments':{'keys':[{'type':'qcode','data':'@m'}]}}",
            "{'execute':'input-send-event','arguments':{'events':[{'type':'key','data':{'down':true,"
                    + "'key':{'type':'qcode','data':'@m'}}}]}}",
            "{'execute':'human-monitor-command','arguments':{'command-line':'sendkey @m'}}",
            "{'execute':'human-monitor-command','arguments':{'command-line':'ringbuf_write ring0 @m'}}",
            "{'execute':'human-monitor-command','arguments':{'command-line':'ringbuf_read ring0 100'}}",
            "{'execute':'x-login','arguments':{'pin':'@m'}}",
            "{'execute':'x-login','arguments':{'pin':@n}}");

    private SensitiveCommands() {}
}

import { address, useAnswer } from "./api";
import { Drawer, messageUrl } from "./drawer";
import { useKeys } from "./keys";
import { go, places } from "./router";
import { SessionHead } from "./session";
import { useTitle } from "./shell";
import { Waiting } from "./states";
import type { Message, Session } from "./types";

/** The permalink of a message: the drawer, over the whole width. */
export function MessagePage({ session, seq }: { session: string; seq: number }) {
  useTitle(`Message ${seq}`);
  const answer = useAnswer<Session>(address(`/sessions/${encodeURIComponent(session)}`));
  const message = useAnswer<Message>(address(messageUrl(session, seq)));
  const toPair = () => { if (message.data?.row.pair !== undefined) go(places.message(session, message.data.row.pair)); };
  const inSession = () => go(places.session(session, seq));
  useKeys({ r: toPair, Escape: inSession, y: () => navigator.clipboard?.writeText(location.href) });
  return (
    <main id="main" class="sess">
      <Waiting answer={answer} what="the session">{data => <>
        <SessionHead session={data} />
        <p class="crumb"><a class="link" href={places.session(session, seq)}>Among the other messages</a></p>
        <Drawer key={seq} session={session} seq={seq} isPage onPair={toPair} />
      </>}</Waiting>
    </main>
  );
}

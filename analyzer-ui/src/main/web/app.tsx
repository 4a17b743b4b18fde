import "./tokens.css";
import "./base.css";
import "./controls.css";
import "./lists.css";
import "./messages.css";
import "./drawer.css";
import "./diff.css";
import "./catalog.css";
import "./narrow.css";
import { render } from "preact";
import { CatalogPage } from "./catalog";
import { DiffPage } from "./diff";
import { HelpPage } from "./help";
import { listenToKeys } from "./keys";
import { MessagePage } from "./message";
import { followLinks, usePlace } from "./router";
import { SearchPage } from "./search";
import { SessionPage } from "./session";
import { SessionsPage } from "./sessions";
import { Shell } from "./shell";

function Content() {
  const { parts, query } = usePlace();
  const [page, first, second] = parts;
  switch (page) {
    case "search": return <SearchPage q={query.get("q") ?? ""} />;
    case "s": return <SessionPage key={first} id={first ?? ""} tab={query.get("tab") ?? ""} q={query.get("q") ?? ""} />;
    case "m": return <MessagePage session={first ?? ""} seq={Number(second)} />;
    case "diff": return <DiffPage a={query.get("a") ?? ""} b={query.get("b") ?? ""} />;
    case "catalog": return <CatalogPage kind={first} name={second} />;
    case "help": return <HelpPage />;
    default: return <SessionsPage />;
  }
}

followLinks();
listenToKeys();
const root = document.getElementById("root")!;
root.textContent = "";
render(<Shell><Content /></Shell>, root);

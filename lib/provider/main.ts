import { passthruProvider } from ".";
import { serve } from "./plugin";

void serve("passthru", passthruProvider);

// Ends with 0 when the AsyncAPI parser has nothing to say about the document but hints; prints what it says otherwise.
import {readFileSync} from 'node:fs';
import {Parser} from '@asyncapi/parser';

const SEVERITIES = ['error', 'warning', 'information', 'hint'];
const {document, diagnostics} = await new Parser().parse(readFileSync(process.argv[2], 'utf8'));
const problems = diagnostics.filter(({severity}) => severity < 2);
for (const {severity, path, message} of problems) console.log(`${SEVERITIES[severity]}: ${path.join('.')}: ${message}`);
if (!document || problems.length) process.exit(1);
console.log(`${document.allChannels().length} channels, ${document.allOperations().length} operations, ${document.allMessages().length} messages`);

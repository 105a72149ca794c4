// Reads queries from standard input, a JSON object { name: query }, and writes what is wrong with each, [{ query, at, message }].
// The tables are those of Application Insights and Log Analytics that Courier's queries use: https://learn.microsoft.com/azure/azure-monitor/reference/tables-index
'use strict';
const { readFileSync } = require('node:fs');
require('@kusto/language-service-next/bridge.min.js');
require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
const { KustoCode, GlobalState, Symbols } = Kusto.Language;

const tables = Object.entries(require('./tables.json')).map(([name, columns]) => Symbols.TableSymbol.From(`(${columns})`).WithName(name));
const globals = GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.ctor('workspace', tables));

const problems = [];
for (const [query, text] of Object.entries(JSON.parse(readFileSync(0, 'utf8')))) {
  const diagnostics = KustoCode.ParseAndAnalyze(text, globals).GetDiagnostics();
  for (let i = 0; i < diagnostics.Count; i++) {
    const { Start: at, Message: message } = diagnostics.getItem(i);
    problems.push({ query, at, message });
  }
}

process.stdout.write(JSON.stringify(problems));

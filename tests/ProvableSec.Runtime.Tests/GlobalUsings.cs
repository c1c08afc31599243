global using ProvableSec.Logs;
global using ProvableSec.Logs.Filtering;
global using ProvableSec.Logs.Rules;

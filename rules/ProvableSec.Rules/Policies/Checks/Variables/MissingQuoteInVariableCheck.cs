namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>MISSING_QUOTE_IN_VARIABLE</c> of IAM Access Analyzer.</summary>
internal sealed class MissingQuoteInVariableCheck() : StatementCheck(new Rule(
    "PSEC3052",
    "Default of a variable without quotes",
    RuleSeverity.Error,
    "A default value stands in single quotes; AWS rejects another.",
    "Write ${key, 'default'}.",
    1286,
    "MISSING_QUOTE_IN_VARIABLE"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        foreach ((CheckedText text, VariableText variable) in VariableTexts.Of(statement))
        {
            if (variable is { IsClosed: true, Default: { } value } && !(value.Length >= 2 && value[0] == '\'' && value[value.Length - 1] == '\''))
            {
                findings.Add(text, $"the default of a variable stands in single quotes, unlike in {text.Shown}");
            }
        }
    }
}

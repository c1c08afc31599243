using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>DATA_TYPE_MISMATCH</c> of IAM Access Analyzer.</summary>
internal sealed class DataTypeMismatchCheck() : PolicyCheck(new Rule(
    "PSEC3003",
    "Wrong JSON type",
    RuleSeverity.Error,
    "AWS rejects a policy in which an element has another JSON type than the policy language gives it.",
    "Write the value in the type that the message names.",
    843,
    "DATA_TYPE_MISMATCH"))
{
    public override void Check(CheckedPolicy policy, PolicyFindings findings)
    {
        if (policy.Root.Kind is not (JsonKind.Object or JsonKind.Invalid))
        {
            findings.Add(policy.Root, $"a policy must be an object with a Statement; this is {policy.Root.KindInWords}");
        }

        Expect(policy.Version, findings, "a string", JsonKind.String);
        Expect(policy.Id, findings, "a string", JsonKind.String);
        Expect(policy.StatementElement, findings, "an object or a list of objects", JsonKind.Object, JsonKind.Array);
        if (policy.StatementElement is { Value: var list })
        {
            foreach (JsonItem element in list.Elements())
            {
                if (element.Kind is not (JsonKind.Object or JsonKind.Invalid) && !UnknownText.Is(element))
                {
                    findings.Add(element, $"a statement must be an object; this is {element.KindInWords}");
                }
            }
        }

        foreach (CheckedStatement statement in policy.Statements)
        {
            Expect(statement.Sid, findings, "a string", JsonKind.String);
            Expect(statement.EffectElement, findings, "a string", JsonKind.String);
            Texts(statement.Action?.Property, findings);
            Texts(statement.Resource?.Property, findings);
            if (statement.Principal is { Property: var principal })
            {
                Expect(principal, findings, "\"*\" or an object", JsonKind.String, JsonKind.Object);
                foreach (JsonMember kind in principal.Value.Properties())
                {
                    Texts(kind, findings);
                }
            }

            Expect(statement.ConditionElement, findings, "an object", JsonKind.Object);
            if (statement.ConditionElement is { Value: var block })
            {
                foreach (JsonMember line in block.Properties())
                {
                    Expect(line, findings, "an object of condition keys", JsonKind.Object);
                }
            }

            foreach (CheckedCondition condition in statement.Conditions)
            {
                foreach (JsonItem value in condition.Values)
                {
                    if (value.Kind is JsonKind.Object or JsonKind.Array or JsonKind.Null)
                    {
                        findings.Add(value, $"a condition value must be a string, number or Boolean; this is {value.KindInWords}");
                    }
                }
            }
        }
    }

    private static void Expect(JsonMember? property, PolicyFindings findings, string expected, params JsonKind[] kinds)
    {
        if (property is { } found && found.Value.Kind != JsonKind.Invalid && !UnknownText.Is(found.Value) && Array.IndexOf(kinds, found.Value.Kind) < 0)
        {
            findings.Add(found.Value, $"{CheckedText.Quoted(found.Name)} must be {expected}; this is {found.Value.KindInWords}");
        }
    }

    private static void Texts(JsonMember? property, PolicyFindings findings)
    {
        Expect(property, findings, "a string or a list of strings", JsonKind.String, JsonKind.Array);
        if (property is { } found)
        {
            foreach (JsonItem item in found.Value.Elements())
            {
                if (item.Kind is not (JsonKind.String or JsonKind.Invalid))
                {
                    findings.Add(item, $"{CheckedText.Quoted(found.Name)} lists strings only; this is {item.KindInWords}");
                }
            }
        }
    }
}

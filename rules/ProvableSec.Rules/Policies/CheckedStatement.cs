using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Policies;

/// <summary>A statement as written.</summary>
internal sealed class CheckedStatement
{
    public CheckedStatement(CheckedPolicy policy, JsonItem element, int index)
    {
        Policy = policy;
        Element = element;
        Index = index;
        var conditions = new List<CheckedCondition>();
        foreach (JsonMember property in element.Properties())
        {
            switch (property.Name)
            {
                case "Sid":
                    Sid = property;
                    break;
                case "Effect":
                    EffectElement = property;
                    Effect = property.Value.Kind == JsonKind.String ? property.Value.Text : null;
                    break;
                case "Principal" or "NotPrincipal":
                    Principal ??= new CheckedPrincipals(property);
                    break;
                case "Action" or "NotAction":
                    Action ??= new CheckedValues(property);
                    break;
                case "Resource" or "NotResource":
                    Resource ??= new CheckedValues(property);
                    break;
                case "Condition":
                    ConditionElement = property;
                    ConditionsAreKnown = CheckedCondition.ReadAll(this, property.Value, conditions);
                    break;
            }
        }

        Conditions = conditions;
    }

    public CheckedPolicy Policy { get; }

    public JsonItem Element { get; }

    /// <summary>Its place in the document, counted from 0.</summary>
    public int Index { get; }

    public JsonMember? Sid { get; }

    public JsonMember? EffectElement { get; }

    /// <summary>The effect as written; null when there is none.</summary>
    public string? Effect { get; }

    public bool IsAllow => Effect == "Allow";

    public bool IsDeny => Effect == "Deny";

    /// <summary>Principal or NotPrincipal, whichever comes first.</summary>
    public CheckedPrincipals? Principal { get; }

    /// <summary>Action or NotAction, whichever comes first.</summary>
    public CheckedValues? Action { get; }

    /// <summary>Resource or NotResource, whichever comes first.</summary>
    public CheckedValues? Resource { get; }

    public JsonMember? ConditionElement { get; }

    /// <summary>A line for each operator and key.</summary>
    public IReadOnlyList<CheckedCondition> Conditions { get; }

    /// <summary>False when a template decides which conditions there are: then nothing follows from one that is missing.</summary>
    public bool ConditionsAreKnown { get; } = true;

    /// <summary>The first line about a key; case does not matter.</summary>
    public CheckedCondition? ConditionOn(string key) => Conditions.FirstOrDefault(condition => condition.IsOn(key));
}

using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>What keeps a template from being deployed as it stands, or makes something else of it first.</summary>
internal static class TemplateProblems
{
    // What AWS publishes itself: what these do to policies is known.
    private static readonly HashSet<string> KnownTransforms = new(StringComparer.Ordinal)
    {
        "AWS::LanguageExtensions", "AWS::Serverless-2016-10-31", "AWS::SecretsManager-2020-07-23", "AWS::SecretsManager-2024-09-16", "AWS::CodeDeployBlueGreen",
    };

    /// <summary>Adds circles of names and conditions, and macros.</summary>
    public static void AddTo(DocumentNotes notes, JsonItem root)
    {
        TemplateParts template = TemplateParts.Of(root);
        foreach (string resource in template.NamedInACircle)
        {
            notes.Add(template.Resources[resource].Problem(ProblemCode.InvalidValue,
                $"the name of {resource} is made of itself, in a circle of references; it is taken for not known"));
        }

        foreach (string condition in Circles(template))
        {
            notes.Add(template.Conditions[condition].Problem(ProblemCode.InvalidValue,
                $"the condition {condition} refers to itself, in a circle; it is judged as met and as not met"));
        }

        if (root.TryGetProperty("Transform", out JsonItem transform))
        {
            AddMacros(transform.Kind == JsonKind.Array ? transform.Items() : [transform]);
        }

        foreach (JsonItem resource in template.Resources.Values)
        {
            AddMacrosIn(resource);
        }

        void AddMacros(IEnumerable<JsonItem> transforms)
        {
            foreach (JsonItem one in transforms)
            {
                string name = one.Kind == JsonKind.String ? one.Text : one.TryGetProperty("Name", out JsonItem called) && called.Kind == JsonKind.String
                    ? called.Text : "Fn::Transform";
                if (!KnownTransforms.Contains(name))
                {
                    notes.AddMacro(name);
                }
            }
        }

        void AddMacrosIn(JsonItem value)
        {
            foreach (JsonMember property in value.Properties())
            {
                if (property.Name == "Fn::Transform")
                {
                    AddMacros([property.Value]);
                }
                else
                {
                    AddMacrosIn(property.Value);
                }
            }

            foreach (JsonItem item in value.Elements())
            {
                AddMacrosIn(item);
            }
        }
    }

    /// <summary>The conditions that refer to themselves.</summary>
    private static IEnumerable<string> Circles(TemplateParts template)
    {
        Dictionary<string, List<string>> refers = template.Conditions.ToDictionary(pair => pair.Key,
            pair => Referred(pair.Value).Where(template.Conditions.ContainsKey).ToList(), StringComparer.Ordinal);
        ILookup<string, string> referring = refers.SelectMany(pair => pair.Value.Select(to => (to, pair.Key))).ToLookup(pair => pair.to, pair => pair.Key,
            StringComparer.Ordinal);
        Dictionary<string, int> open = refers.ToDictionary(pair => pair.Key, pair => pair.Value.Count, StringComparer.Ordinal);
        // What refers to nothing is in no circle, nor what refers only to such.
        var ends = new Queue<string>(open.Where(pair => pair.Value == 0).Select(pair => pair.Key));
        while (ends.Count > 0)
        {
            string end = ends.Dequeue();
            open.Remove(end);
            foreach (string from in referring[end])
            {
                if (--open[from] == 0)
                {
                    ends.Enqueue(from);
                }
            }
        }

        // Of the rest, those that nothing else of it refers to only lead into a circle.
        return open.Keys.Where(name => referring[name].Any(open.ContainsKey)).OrderBy(name => name, StringComparer.Ordinal);
    }

    private static IEnumerable<string> Referred(JsonItem condition)
    {
        foreach (JsonMember property in condition.Members())
        {
            if (property.Name == "Condition" && property.Value.Kind == JsonKind.String)
            {
                yield return property.Value.Text;
            }

            foreach (string name in Referred(property.Value))
            {
                yield return name;
            }
        }

        foreach (string name in condition.Items().SelectMany(Referred))
        {
            yield return name;
        }
    }
}

using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Documents;

/// <summary>Who has the identity policies of a template: roles, users, groups and functions, by their logical ids.</summary>
internal static class TemplateHolders
{
    private static readonly string[] Attachments = ["Roles", "Users", "Groups", "RoleName", "UserName", "GroupName"];

    /// <summary>By the logical id of the resource that a policy stands in, those that have it; null where there are too many.</summary>
    public static ILookup<string, string>? Of(JsonItem resources)
    {
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        var held = new List<KeyValuePair<string, string>>();
        var members = new List<KeyValuePair<string, string>>();
        foreach (JsonMember resource in resources.Properties())
        {
            foreach (string name in (string[])["RoleName", "UserName", "GroupName"])
            {
                if (IsHolder(TypeOf(resource)) && resource.Value.TryGetProperty("Properties", out JsonItem properties)
                    && properties.TryGetProperty(name, out JsonItem value) && value.Kind == JsonKind.String)
                {
                    named[value.Text] = resource.Name;
                }
            }
        }

        foreach (JsonMember resource in resources.Properties())
        {
            string type = TypeOf(resource);
            bool isHolder = IsHolder(type);
            if (isHolder || type.StartsWith("AWS::Serverless::", StringComparison.Ordinal))
            {
                held.Add(new(resource.Name, resource.Name));
            }

            if (!resource.Value.TryGetProperty("Properties", out JsonItem properties))
            {
                continue;
            }

            if (isHolder && properties.TryGetProperty("ManagedPolicyArns", out JsonItem arns))
            {
                held.AddRange(Named(arns).Select(policy => new KeyValuePair<string, string>(policy, resource.Name)));
            }

            if (isHolder && properties.TryGetProperty("Groups", out JsonItem groups))
            {
                members.AddRange(Named(groups).Select(group => new KeyValuePair<string, string>(group, resource.Name)));
            }

            if (type == "AWS::IAM::UserToGroupAddition")
            {
                members.AddRange(Of(properties, "Users").SelectMany(user =>
                    Of(properties, "GroupName").Select(group => new KeyValuePair<string, string>(group, user))));
            }
            else if (!isHolder && type.StartsWith("AWS::IAM::", StringComparison.Ordinal))
            {
                held.AddRange(Attachments.SelectMany(name => Of(properties, name))
                    .Select(holder => new KeyValuePair<string, string>(resource.Name, holder)));
            }
        }

        // The members of a group have its policies.
        ILookup<string, string> users = members.ToLookup(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        return held.Sum(pair => (long)users[pair.Value].Count()) > PolicyHolders.MostHoldings ? null
            : held.Concat(held.SelectMany(pair => users[pair.Value].Select(user => new KeyValuePair<string, string>(pair.Key, user))))
                .ToLookup(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);

        IEnumerable<string> Of(JsonItem properties, string name) => properties.TryGetProperty(name, out JsonItem value) ? Named(value) : [];

        IEnumerable<string> Named(JsonItem value)
        {
            var items = new List<JsonItem>();
            if (value.Kind != JsonKind.Array)
            {
                items.Add(value);
            }

            foreach (JsonItem item in value.Elements())
            {
                items.Add(item);
            }

            foreach (JsonItem item in items)
            {
                if (item.Kind == JsonKind.String && named.TryGetValue(item.Text, out string? id))
                {
                    yield return id;
                }
                else if (item.Kind == JsonKind.Object && item.TryGetProperty("Ref", out JsonItem reference))
                {
                    yield return reference.Text;
                }
            }
        }
    }

    private static string TypeOf(JsonMember resource) => resource.Value.TryGetProperty("Type", out JsonItem type) && type.Kind == JsonKind.String ? type.Text
        : "";

    private static bool IsHolder(string type) => type is "AWS::IAM::Role" or "AWS::IAM::User" or "AWS::IAM::Group";
}

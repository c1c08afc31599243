using System.Text.Json;
using ProvableSec.ServiceData;

namespace ProvableSec.Corpus.Tests.ServiceData;

/// <summary>Compares the catalogue with an extraction that was made by other code, from another day's data.</summary>
[Trait("Category", "Corpus")]
public sealed class IndependentExtractionTests
{
    [Fact]
    public void At_least_99_of_100_actions_are_known()
    {
        using var document = Read();
        var actions = Services(document)
            .SelectMany(service => service.Value.GetProperty("actions").EnumerateObject().Select(action => service.Name + ":" + action.Name))
            .ToList();
        var unknown = actions.Where(action => !ServiceCatalogue.Default.TryGetAction(action, out _)).ToList();
        Assert.True(
            unknown.Count * 100 <= actions.Count,
            $"{unknown.Count} of {actions.Count} actions are unknown: {string.Join(", ", unknown.Take(20))}");
    }

    [Fact]
    public void At_least_99_of_100_known_actions_are_described_alike()
    {
        using var document = Read();
        int known = 0;
        var different = new List<string>();
        foreach (var service in Services(document))
        {
            foreach (var entry in service.Value.GetProperty("actions").EnumerateObject())
            {
                if (ServiceCatalogue.Default.TryGetAction(service.Name + ":" + entry.Name, out var action))
                {
                    known++;
                    if (!IsAlike(entry.Value, action))
                    {
                        different.Add(action.FullName);
                    }
                }
            }
        }

        Assert.True(
            different.Count * 100 <= known,
            $"{different.Count} of {known} actions differ: {string.Join(", ", different.Take(20))}");
    }

    private static JsonDocument Read() => JsonDocument.Parse(File.ReadAllBytes(SharedData.Path("data/service-authorization.json")));

    private static JsonElement.ObjectEnumerator Services(JsonDocument document) =>
        document.RootElement.GetProperty("services").EnumerateObject();

    // Letters of the access levels; resource types, `*` behind the required ones; dependent actions.
    private static bool IsAlike(JsonElement entry, ServiceAction action) =>
        Levels(entry.GetProperty("l").GetString()!) == action.AccessLevels
        && Strings(entry, "r").SetEquals(action.ResourceTypes.Select(type => type.ToString()))
        && Strings(entry, "d").SetEquals(action.DependentActions);

    private static AccessLevels Levels(string letters) => letters.Aggregate(AccessLevels.None, (levels, letter) => levels | letter switch
    {
        'L' => AccessLevels.List,
        'R' => AccessLevels.Read,
        'W' => AccessLevels.Write,
        'P' => AccessLevels.PermissionsManagement,
        'T' => AccessLevels.Tagging,
        _ => throw new InvalidDataException($"An access level of the letter {letter}."),
    });

    private static HashSet<string> Strings(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var values) ? [.. values.EnumerateArray().Select(value => value.GetString()!)] : [];
}

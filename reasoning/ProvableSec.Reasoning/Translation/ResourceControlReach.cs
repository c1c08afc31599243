using ProvableSec.Reasoning.Values;
using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Translation;

/// <summary>
/// The actions that resource control policies bind: those of the services that take part (AWS Organizations User Guide, "Resource control policies",
/// as the service data list them), but for actions without a resource and those that the page exempts.
/// </summary>
internal static class ResourceControlReach
{
    private static readonly Lazy<(TextSet Actions, TextSet Exempt)> Sets = new(Read);

    /// <summary>All actions of the services that take part.</summary>
    public static TextSet Actions => Sets.Value.Actions;

    /// <summary>Actions that are not bound all the same.</summary>
    public static TextSet Exempt => Sets.Value.Exempt;

    private static (TextSet Actions, TextSet Exempt) Read()
    {
        ServiceCatalogue catalogue = ServiceCatalogue.Default;
        var services = new List<string>();
        var exempt = new List<string> { "kms:retiregrant" };
        foreach (string prefix in catalogue.ServicePrefixes)
        {
            if (catalogue.IsRcpService(prefix) && catalogue.TryGetService(prefix, out Service? service))
            {
                services.Add(prefix + ":*");
                exempt.AddRange(service.Actions.Where(a => a.ResourceTypes.Count == 0).Select(a => a.FullName.ToLowerInvariant()));
            }
        }

        return (ActionSets.Of([.. services]), TextSet.Of([.. exempt]));
    }
}

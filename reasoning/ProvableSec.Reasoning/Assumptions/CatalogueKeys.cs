using System.Collections.Concurrent;
using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Assumptions;

/// <summary>
/// Which keys an action can carry, as far as the service data can say (Service Authorization Reference). Its tables are incomplete, so a key counts as absent
/// only where
/// it is one of the action's own service, listed for other actions, and not of those that come with every call or from outside the service.
/// </summary>
internal static class CatalogueKeys
{
    /// <summary>A key listed for so large a part of a service's actions comes with all of them.</summary>
    private const double ServiceWide = 0.8;

    // IAM User Guide, "AWS global condition context keys", properties of role sessions and of resources: sent to every service. Keys of federation in sessions.
    private static readonly HashSet<string> CrossService = new(StringComparer.Ordinal)
    {
        "ec2:roledelivery", "ec2:sourceinstancearn", "glue:roleassumedby", "glue:credentialissuingservice", "codebuild:buildarn", "codebuild:projectarn",
        "lambda:sourcefunctionarn", "ssm:sourceinstancearn", "identitystore:userid", "credentials-iot:thingname", "credentials-iot:thingtypename",
            "credentials-iot:awscertificateid",
        "ses:apiversion", "ec2:region", "secretsmanager:secretid", "aws-marketplace:productid",
    };

    private const int MostRemembered = 1 << 12, LongestRemembered = 128;

    private static readonly ConcurrentDictionary<(string Service, string Key), bool> Telling = new();

    /// <summary>How many keys are remembered.</summary>
    public static int Remembered => Telling.Count;

    /// <summary>Whether a request for an action may carry a key.</summary>
    /// <param name="action">The action.</param>
    /// <param name="key">The key, in lower case.</param>
    public static bool MayCarry(ServiceAction action, string key)
    {
        int colon = key.IndexOf(':');
        string service = action.ServicePrefix.ToLowerInvariant();
        return colon <= 0 || key.Substring(0, colon) != service || IsListed(action, key) || !IsTellingAgain((service, key));
    }

    /// <summary>The same, cached; keys come from policies that nobody vouches for, which could fill the memory of a compiler server.</summary>
    private static bool IsTellingAgain((string Service, string Key) of)
    {
        if (!Telling.TryGetValue(of, out bool isTelling))
        {
            isTelling = IsTelling(of);
            if (of.Key.Length <= LongestRemembered && Telling.Count < MostRemembered)
            {
                Telling.TryAdd(of, isTelling);
            }
        }

        return isTelling;
    }

    /// <summary>Whether it says something that the reference does not list a key for an action of a service.</summary>
    private static bool IsTelling((string Service, string Key) of)
    {
        if (CrossService.Contains(of.Key) || of.Service == "iot" || of.Key.StartsWith(of.Service + ":resourcetag/", StringComparison.Ordinal)
            || of.Key.StartsWith("kms:encryptioncontext", StringComparison.Ordinal)
            || !ServiceCatalogue.Default.TryGetService(of.Service, out Service? service))
        {
            return false;
        }

        int with = service.Actions.Count(a => IsListed(a, of.Key));
        return with > 0 && with < ServiceWide * service.Actions.Count;
    }

    private static bool IsListed(ServiceAction action, string key)
    {
        foreach (ConditionKeyInfo carried in action.ConditionKeys)
        {
            if (carried.Matches(key))
            {
                return true;
            }
        }

        foreach (ResourceTypeReference reference in action.ResourceTypes)
        {
            foreach (ConditionKeyInfo carried in reference.ConditionKeys)
            {
                if (carried.Matches(key))
                {
                    return true;
                }
            }

            foreach (ConditionKeyInfo carried in reference.ResourceType.ConditionKeys)
            {
                if (carried.Matches(key))
                {
                    return true;
                }
            }
        }

        return false;
    }
}

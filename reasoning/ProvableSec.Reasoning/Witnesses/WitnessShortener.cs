using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Reasoning.Assumptions;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Replay;
using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Witnesses;

/// <summary>
/// Makes a confirmed witness easier to read: keys that do not matter go, invented names give way to real actions and resources.
/// Every step is confirmed by the evaluator again, so it cannot make the witness wrong.
/// </summary>
internal sealed class WitnessShortener(Query query)
{
    private static readonly string[] KnownResources =
    [
        "arn:aws:s3:::example-bucket/example-object", "arn:aws:s3:::example-bucket",
    ];

    /// <summary>The witness, shortened.</summary>
    public Witness Shorten(AccessRequest request, Reading readings)
    {
        AccessRequest best = RealAction(request, readings);
        for (int i = best.Context.Length - 1; i >= 0; i--)
        {
            if (!IsGiven(best.Context[i].FoldedKey))
            {
                AccessRequest shorter = best with { Context = best.Context.RemoveAt(i) };
                if (query.World == World.Free || !AlwaysSent(best.Context[i].FoldedKey))
                {
                    best = WitnessReplay.Confirms(query, shorter, readings) ? shorter : best;
                }
            }
        }

        for (int bit = 1; bit <= (int)readings; bit <<= 1)
        {
            var reading = (Reading)bit;
            if ((readings & reading) != 0 && WitnessReplay.Confirms(query, best, readings & ~reading))
            {
                readings &= ~reading;
            }
        }

        return new Witness(best, readings);
    }

    private bool IsGiven(string foldedKey)
    {
        foreach (KeyValuePair<string, FieldPattern> given in query.Request.Context)
        {
            if (given.Key.Equals(foldedKey, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AlwaysSent(string foldedKey) => foldedKey is "aws:securetransport" or "aws:currenttime" or "aws:epochtime" or "aws:requestedregion" or "aws:useragent" or "aws:viaawsservice";

    /// <summary>Puts a real action, on a resource of its kind, in the place of an invented one.</summary>
    private AccessRequest RealAction(AccessRequest request, Reading readings)
    {
        if (query.Request.Action is not null || ServiceCatalogue.Default.TryGetAction(request.Action, out _))
        {
            return request;
        }

        string prefix = request.Action.Split(':')[0];
        int tries = 0;
        foreach (string service in (string[])[prefix, "s3", "ec2", "iam", "sqs"])
        {
            if (!ServiceCatalogue.Default.TryGetService(service, out Service? known))
            {
                continue;
            }

            foreach (ServiceAction action in known.Actions)
            {
                if (++tries > 400)
                {
                    return request;
                }

                foreach (string resource in Resources(action, request))
                {
                    AccessRequest real = request with { Action = action.FullName, Resource = resource };
                    if ((query.World == World.Free || WorldModel.IsInCatalogue(real))
                        && WitnessReplay.Confirms(query, real, readings))
                    {
                        return real;
                    }
                }
            }
        }

        return request;
    }

    private IEnumerable<string> Resources(ServiceAction action, AccessRequest request)
    {
        yield return request.Resource;
        if (query.Request.Resource is not null)
        {
            yield break;
        }

        if (action.ResourceTypes.Count == 0)
        {
            yield return "*";
            yield break;
        }

        string account = request.Principal.Account.Length > 0 ? request.Principal.Account : "111122223333";
        string partition = request.Principal.Partition.Length > 0 ? request.Principal.Partition : "aws";
        foreach (ResourceTypeReference reference in action.ResourceTypes)
        {
            foreach (string format in reference.ResourceType.ArnFormats)
            {
                yield return Example(format, partition, account);
            }
        }

        if (action.ServicePrefix == "s3")
        {
            foreach (string resource in KnownResources)
            {
                yield return resource;
            }
        }
    }

    /// <summary>An ARN of a format, its parts named after what they are.</summary>
    private static string Example(string format, string partition, string account)
    {
        var text = new System.Text.StringBuilder();
        for (int i = 0; i < format.Length; i++)
        {
            int close = format[i] == '$' && i + 1 < format.Length && format[i + 1] == '{' ? format.IndexOf('}', i) : -1;
            if (close < 0)
            {
                text.Append(format[i] == '*' ? 'x' : format[i]);
                continue;
            }

            string name = format.Substring(i + 2, close - i - 2);
            text.Append(name switch
            {
                "Partition" => partition,
                "Account" => account,
                "Region" => "eu-west-1",
                _ => "example-" + name.ToLowerInvariant(),
            });
            i = close;
        }

        return text.ToString();
    }
}

using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.Testing.Coverage;

/// <summary>Reads requests: the cases of <c>provablesec simulate</c>, or the events of AWS CloudTrail.</summary>
internal static class RequestFile
{
    // Names of events that are not those of their actions (Service Authorization Reference; Amazon S3 User Guide, "CloudTrail events").
    private static readonly Dictionary<string, string> Actions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["s3:ListObjects"] = "s3:ListBucket",
        ["s3:ListObjectsV2"] = "s3:ListBucket",
        ["s3:HeadBucket"] = "s3:ListBucket",
        ["s3:HeadObject"] = "s3:GetObject",
        ["s3:DeleteObjects"] = "s3:DeleteObject",
        ["s3:CopyObject"] = "s3:PutObject",
        ["s3:ListBuckets"] = "s3:ListAllMyBuckets",
        ["lambda:Invoke"] = "lambda:InvokeFunction",
    };

    private static readonly Dictionary<string, string> Services = new(StringComparer.OrdinalIgnoreCase)
    {
        ["monitoring"] = "cloudwatch",
        ["email"] = "ses",
        ["ecr-public"] = "ecr-public"
    };

    /// <summary>The requests of a text.</summary>
    /// <exception cref="PolicySourceException">A request has errors, or there is none.</exception>
    public static IReadOnlyList<AccessRequest> Read(DocumentText source)
    {
        var requests = new List<AccessRequest>();
        JsonTree whole = JsonTreeReader.Read(source);
        if (whole.Problems.All(p => !p.IsError))
        {
            Add(whole.Root, requests);
        }
        else
        {
            int number = 0;
            foreach (string line in source.Text.Split('\n'))
            {
                number++;
                if (line.Trim().Length > 0)
                {
                    JsonTree one = JsonTreeReader.Read(new DocumentText(line.TrimEnd('\r'), source.Name, new LinePosition(number, 1)));
                    Require(one.Problems);
                    Add(one.Root, requests);
                }
            }
        }

        return requests.Count > 0 ? requests
            : throw new PolicySourceException($"{source.Name} has no requests: expected cases as provablesec simulate reads them, or events of CloudTrail");
    }

    private static void Add(JsonItem value, List<AccessRequest> requests)
    {
        foreach (JsonItem item in value.Elements())
        {
            Add(item, requests);
        }

        foreach (string list in (string[])["cases", "Records", "Events"])
        {
            if (value.TryGetProperty(list, out JsonItem items))
            {
                Add(items, requests);
            }
        }

        if (value.TryGetProperty("request", out JsonItem request))
        {
            var problems = new CaseProblems();
            AccessRequest? read = RequestReader.Read(request, problems);
            Require(problems.ToImmutable());
            requests.Add(read!);
        }
        else if (value.TryGetProperty("CloudTrailEvent", out JsonItem text) && text.Kind == JsonKind.String)
        {
            Add(JsonTreeReader.Read(new DocumentText(text.Text)).Root, requests);
        }
        else if (value.TryGetProperty("eventSource", out JsonItem from) && value.TryGetProperty("eventName", out JsonItem name)
            && OfEvent(value, from.Text, name.Text) is { } called)
        {
            requests.Add(called);
        }
    }

    /// <summary>The request that an event tells of; null where nobody of IAM called.</summary>
    private static AccessRequest? OfEvent(JsonItem value, string source, string name)
    {
        if (!value.TryGetProperty("userIdentity", out JsonItem identity) || !identity.TryGetProperty("arn", out JsonItem arn)
            || CallerPrincipal.TryParse(arn.Text, null, out _) is not { } caller)
        {
            return null;
        }

        string service = source.Split('.')[0];
        string action =
            $"{(Services.TryGetValue(service, out string? prefix) ? prefix : service)}:"
                + $"{System.Text.RegularExpressions.Regex.Replace(name, "[0-9]{8}(v[0-9]+)?$", "")}";
        string resource = "*";
        if (value.TryGetProperty("resources", out JsonItem resources))
        {
            foreach (JsonItem item in resources.Elements())
            {
                resource = resource == "*" && item.TryGetProperty("ARN", out JsonItem named) ? named.Text : resource;
            }
        }

        var context = ImmutableArray.CreateBuilder<ContextEntry>();
        Key("aws:RequestedRegion", Text(value, "awsRegion"));
        Key("aws:SourceIp", Text(value, "sourceIPAddress") is { } address && IPAddress.TryParse(address, out _) ? address : null);
        Key("aws:UserAgent", Text(value, "userAgent"));
        Key("aws:SourceVpce", Text(value, "vpcEndpointId"));
        Key("aws:MultiFactorAuthPresent", identity.TryGetProperty("sessionContext", out JsonItem session)
            && session.TryGetProperty("attributes", out JsonItem attributes) ? Text(attributes, "mfaAuthenticated") : null);
        return new AccessRequest(caller, Actions.TryGetValue(action, out string? known) ? known : action, resource, null, context.ToImmutable());

        void Key(string key, string? text)
        {
            if (text is { Length: > 0 })
            {
                context.Add(new ContextEntry(key, key.ToLower(CultureInfo.InvariantCulture), ImmutableArray.Create(text)));
            }
        }
    }

    private static string? Text(JsonItem value, string name) => value.TryGetProperty(name, out JsonItem text) && text.Kind == JsonKind.String ? text.Text
        : null;

    private static void Require(IEnumerable<PolicyProblem> problems)
    {
        if (problems.FirstOrDefault(p => p.IsError) is { } problem)
        {
            throw new PolicySourceException(problem.ToString());
        }
    }
}

using Courier.ApiSimulator.Faults;
using Courier.ApiSimulator.Http;
using Courier.ApiSimulator.Requests;
using Microsoft.AspNetCore.Http;

namespace Courier.ApiSimulator.Control;

/// <summary>The paths of whoever runs the simulator, <c>/_*</c>, and the status page: no key, no quota, no faults, not logged.</summary>
internal sealed class ControlPlane(FaultScript faults, RequestLog log, StatusPage status)
{
    public static bool Owns(PathString path) =>
        path.Value!.StartsWith("/_", StringComparison.Ordinal) || path.StartsWithSegments("/api/v2");

    public Answer Handle(Call call) => (call.Method, call.Path) switch
    {
        ("GET", ["_requests"]) => Answer.Json(200, log.Since(call.Whole("since", absent: 0, least: 0, most: int.MaxValue))),
        ("DELETE", ["_requests"]) => Done(log.Clear),
        ("GET", ["_faults"]) => Answer.Json(200, faults.Pending.Select(FaultJson.Write)),
        ("POST", ["_faults"]) => AddFault(call),
        ("DELETE", ["_faults"]) => Done(faults.Clear),
        ("PUT", ["_status"]) => Done(() => status.Set(call.Json())),
        ("DELETE", ["_status"]) => Done(status.Clear),
        ("GET", ["api", "v2", "summary.json"]) => Answer.Json(200, status.Summary(call.Origin)),
        _ => Answer.Error(404, "There are GET and DELETE /_requests; GET, POST and DELETE /_faults; PUT and DELETE /_status; GET /api/v2/summary.json."),
    };

    private Answer AddFault(Call call)
    {
        Fault fault = FaultJson.Read(call.Json());
        faults.Add(fault);
        return Answer.Json(201, FaultJson.Write(fault));
    }

    private static Answer Done(Action act)
    {
        act();
        return Answer.NoContent;
    }
}

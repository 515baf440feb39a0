"""Client of a Candor server: recommendations that can prove why.

    from candor import Client

    with Client("http://127.0.0.1:7700", key="<server key>") as shop:
        answer = shop.recommend(shopper="alice", k=3)
        for item in answer["items"]:
            print(item["item_id"], *(reason["text"] for reason in item.get("reasons", [])))
"""

from candor._async_client import AsyncClient
from candor._async_queue import AsyncEventQueue
from candor._client import Client
from candor._queue import EventQueue
from candor.errors import (
    ApiError,
    CandorError,
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    ServerFault,
    TooLarge,
    TooManyRequests,
    Unauthorised,
    Unavailable,
    Unreachable,
)

__all__ = [
    "ApiError", "AsyncClient", "AsyncEventQueue", "CandorError", "Client", "Conflict",
    "EventQueue", "Forbidden", "Invalid", "NotFound", "ServerFault", "TooLarge",
    "TooManyRequests", "Unauthorised", "Unavailable", "Unreachable",
]
